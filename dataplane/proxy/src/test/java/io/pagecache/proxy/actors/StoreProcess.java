package io.pagecache.proxy.actors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A memcached or Redis of Debian's, on a port of its own, that can be killed, stopped and started again. */
public final class StoreProcess implements AutoCloseable {

    /** Which store. */
    public enum Kind {
        MEMCACHED("memcached"),
        REDIS("redis-server");

        private final String program;

        Kind(String program) {
            this.program = program;
        }
    }

    private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin");

    private final Kind kind;
    private final String program;
    private int port;
    private Process process;

    private StoreProcess(Kind kind, String program) {
        this.kind = kind;
        this.program = program;
        start();
    }

    /** Skips the test where the program is not installed. */
    public static StoreProcess start(Kind kind) {
        Stream<String> candidates = FOLDERS.stream().map(folder -> folder + "/" + kind.program);
        String program = candidates
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst()
                .orElse(null);
        assumeTrue(
                program != null, kind.program + " is not installed (Debian: apt-get install memcached redis-server)");
        return new StoreProcess(kind, program);
    }

    /** On the same port as before, empty. */
    public void start() {
        for (int attempt = 0; attempt < 10; attempt++) {
            if (port == 0) {
                port = freePort();
            }
            launch();
            Awaitility.await().until(() -> isListening() || !process.isAlive());
            if (process.isAlive()) {
                return;
            }
            port = attempt < 5 && attempt > 0 ? 0 : port; // somebody else was quicker to take the port
        }
        throw new IllegalStateException(program + " does not start");
    }

    private void launch() {
        List<String> command = new ArrayList<>(List.of(program));
        switch (kind) {
            case MEMCACHED ->
                command.addAll(
                        List.of("-l", "127.0.0.1", "-p", String.valueOf(port), "-U", "0", "-u", "nobody", "-m", "16"));
            case REDIS ->
                command.addAll(List.of(
                        "--bind", "127.0.0.1", "--port", String.valueOf(port), "--save", "", "--appendonly", "no"));
        }
        try {
            process = new ProcessBuilder(command)
                    .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    public Kind kind() {
        return kind;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Sends a line or two of the store's own protocol and returns what comes back. */
    public String says(String request) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
            byte[] reply = new byte[4096];
            int length = socket.getInputStream().read(reply);
            return new String(reply, 0, Math.max(0, length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a text under a key. */
    public void holds(String key, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        String reply =
                switch (kind) {
                    case MEMCACHED -> says("set " + key + " 0 0 " + bytes + "\r\n" + text);
                    case REDIS ->
                        says("*3\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n$" + bytes + "\r\n" + text);
                };
        if (!reply.startsWith("STORED") && !reply.startsWith("+OK")) {
            throw new IllegalStateException(reply);
        }
    }

    /** Whether there is anything under a key. */
    public boolean has(String key) {
        String reply = says(kind == Kind.MEMCACHED ? "get " + key : "EXISTS " + key);
        return reply.startsWith("VALUE") || reply.startsWith(":1");
    }

    /** It neither answers nor closes its connections. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
