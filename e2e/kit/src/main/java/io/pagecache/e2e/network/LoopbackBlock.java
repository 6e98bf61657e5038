package io.pagecache.e2e.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A block {@code 127.N.0.0/16} that belongs to one kubelet, so that test JVMs that run at the same time never meet on a port.
 * The claim is a listening socket: it ends with the JVM, however that ends. Linux answers on the whole of 127.0.0.0/8;
 * elsewhere such addresses must be set up first.
 *
 * <p>{@code 127.N.1.*} (then {@code 127.N.5.*} and on) are pods, {@code 127.N.2.*} services, {@code 127.N.3.1} the node and
 * {@code 127.N.3.53} the name server.
 */
public final class LoopbackBlock implements AutoCloseable {
    private static final int CLAIM_PORT = 10250;
    private static final int BLOCKS = 250;
    private static final Duration COOL_DOWN = Duration.ofMinutes(1);

    private final int number;
    private final ServerSocket claim;
    private final AddressPool pods;
    private final AddressPool services;

    private LoopbackBlock(int number, ServerSocket claim, InstantSource clock) {
        this.number = number;
        this.claim = claim;
        this.pods = new AddressPool(number, new int[] {1, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, COOL_DOWN, clock);
        this.services = new AddressPool(number, new int[] {2, 20, 21, 22}, COOL_DOWN, clock);
    }

    /** The first block that nobody on this machine holds. */
    public static LoopbackBlock claim() {
        for (int number = 0; number < BLOCKS; number++) {
            try {
                ServerSocket claim = new ServerSocket(CLAIM_PORT, 1, address(number, 3, 1));
                return new LoopbackBlock(number, claim, InstantSource.system());
            } catch (IOException e) {
                continue; // held by another kubelet, or not an address of this machine
            }
        }
        throw new IllegalStateException("no free block of loopback addresses 127.N.0.0/16 on this machine");
    }

    /** The N of {@code 127.N.0.0/16}. */
    public int number() {
        return number;
    }

    static InetAddress address(int second, int third, int fourth) {
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) second, (byte) third, (byte) fourth});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    public InetAddress node() {
        return address(number, 3, 1);
    }

    public InetAddress nameServer() {
        return address(number, 3, 53);
    }

    public AddressPool pods() {
        return pods;
    }

    public AddressPool services() {
        return services;
    }

    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
