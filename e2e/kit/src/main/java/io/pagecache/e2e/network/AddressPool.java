package io.pagecache.e2e.network;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Hands out addresses in turn; one that comes back rests, so that nobody mistakes its next holder for the last. */
public final class AddressPool {
    private static final int FIRST = 10;
    private static final int LAST = 250;
    private static final int PER_FOLDER = LAST - FIRST + 1;

    private final int second;
    private final int[] thirds;
    private final Duration coolDown;
    private final InstantSource clock;
    private final Map<InetAddress, Instant> unavailableUntil = new HashMap<>();
    private int next;

    AddressPool(int second, int[] thirds, Duration coolDown, InstantSource clock) {
        this.second = second;
        this.thirds = thirds.clone();
        this.coolDown = coolDown;
        this.clock = clock;
    }

    /** An address that nobody holds and nobody held within the cool-down. */
    public synchronized InetAddress lease() {
        Instant now = clock.instant();
        int size = thirds.length * PER_FOLDER;
        for (int tried = 0; tried < size; tried++) {
            int index = next++ % size;
            InetAddress address = LoopbackBlock.address(second, thirds[index / PER_FOLDER], FIRST + index % PER_FOLDER);
            if (!now.isBefore(unavailableUntil.getOrDefault(address, Instant.MIN))) {
                unavailableUntil.put(address, Instant.MAX);
                return address;
            }
        }
        throw new IllegalStateException("all " + size + " addresses are in use");
    }

    public synchronized void release(InetAddress address) {
        unavailableUntil.put(address, clock.instant().plus(coolDown));
    }
}
