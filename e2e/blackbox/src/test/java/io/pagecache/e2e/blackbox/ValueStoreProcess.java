package io.pagecache.e2e.blackbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pagecache.e2e.process.ChildProcess;
import io.pagecache.plan.ValueStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real memcached or Redis, empty, on a port of its own. */
final class ValueStoreProcess implements AutoCloseable {
    private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final int port;

    private ValueStoreProcess(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
        Awaitility.await("the store listens").atMost(PATIENCE).until(this::isListening);
    }

    static ValueStoreProcess memcached(Path directory) {
        int port = freePort();
        return started(
                directory,
                port,
                "memcached",
                "-l",
                "127.0.0.1",
                "-p",
                "" + port,
                "-U",
                "0",
                "-u",
                "nobody",
                "-m",
                "16");
    }

    static ValueStoreProcess redis(Path directory) {
        int port = freePort();
        return started(
                directory,
                port,
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                "" + port,
                "--save",
                "",
                "--appendonly",
                "no");
    }

    /** Skips the test where the program is not installed. */
    private static ValueStoreProcess started(Path directory, int port, String program, String... options) {
        String file = FOLDERS.stream()
                .map(folder -> folder + "/" + program)
                .filter(candidate -> Files.isExecutable(Path.of(candidate)))
                .findFirst()
                .orElse(null);
        assumeTrue(file != null, program + " is not installed (Debian: apt-get install memcached redis-server)");
        List<String> command =
                Stream.concat(Stream.of(file), Stream.of(options)).toList();
        return new ValueStoreProcess(
                ChildProcess.start(program, command, Map.of(), directory.resolve(program + ".log")), port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            assertAlive();
            return false;
        }
    }

    private void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("%s has ended:%n%s".formatted(process, process.logTail()));
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Sends a command of the store's own protocol and returns the first bytes that come back. */
    String says(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
            byte[] reply = new byte[1024];
            int length = socket.getInputStream().read(reply);
            return new String(reply, 0, Math.max(0, length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ValueStore asMemcached(String name) {
        return new ValueStore(name, new ValueStore.Memcached(List.of(address())), PATIENCE);
    }

    ValueStore asRedis(String name) {
        return new ValueStore(name, new ValueStore.Redis("redis://" + address() + "/0", null, null), PATIENCE);
    }

    @Override
    public void close() {
        process.close();
    }
}
