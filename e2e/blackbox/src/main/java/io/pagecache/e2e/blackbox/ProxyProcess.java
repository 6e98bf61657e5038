package io.pagecache.e2e.blackbox;

import io.pagecache.e2e.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A proxy that runs, told by its environment as a pod's container is. */
public final class ProxyProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final ChildProcess process;
    private final Path log;
    private final Ports ports;
    private final Management management;

    private ProxyProcess(ChildProcess process, Path log, Ports ports) {
        this.process = process;
        this.log = log;
        this.ports = ports;
        this.management = new Management(ports.management());
    }

    /** Starts it and returns at once; it serves TLS as well where the folder has a certificate. */
    public static ProxyProcess start(ProxyForm form, WireFolder folder, Duration drainDelay) {
        Ports ports = Ports.free();
        Path log = folder.path().resolve("proxy.log");
        return new ProxyProcess(
                ChildProcess.start("proxy (" + form + ")", form.command(), environment(folder, ports, drainDelay), log),
                log,
                ports);
    }

    private static Map<String, String> environment(WireFolder folder, Ports ports, Duration drainDelay) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("PAGECACHE_POD_NAME", "proxy-0");
        environment.put("PAGECACHE_HTTP_HOST", "127.0.0.1");
        environment.put("PAGECACHE_HTTP_PORT", Integer.toString(ports.data()));
        environment.put("PAGECACHE_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("PAGECACHE_MANAGEMENT_PORT", Integer.toString(ports.management()));
        environment.put("PAGECACHE_MANAGEMENT_TOKEN_FILE", folder.tokenFile().toString());
        environment.put("PAGECACHE_PLAN_DIR", folder.path().toString());
        environment.put("PAGECACHE_PLAN_POLL_INTERVAL", "0.1s");
        environment.put("PAGECACHE_REFERENCES_DIR", folder.references().toString());
        environment.put("PAGECACHE_DRAIN_DELAY", drainDelay.toMillis() + "ms");
        if (Files.isDirectory(folder.certificates())) {
            environment.put("PAGECACHE_TLS_DIR", folder.certificates().toString());
            environment.put("PAGECACHE_TLS_PORT", Integer.toString(ports.tls()));
        }
        return environment;
    }

    private record Ports(int data, int management, int tls) {
        /** All of them a moment ago. */
        static Ports free() {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket third = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return new Ports(first.getLocalPort(), second.getLocalPort(), third.getLocalPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public ProxyProcess awaitReady() {
        await("readiness", () -> management.isUp("ready"));
        return this;
    }

    /** Until it holds; a process that ends meanwhile fails at once, with the end of its log. */
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new AssertionError(
                        "%s ended while waiting for %s:%n%s".formatted(process, what, process.logTail()));
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no %s within %s:%n%s".formatted(what, PATIENCE, process.logTail()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    public String url() {
        return "http://127.0.0.1:" + ports.data();
    }

    /** Where it serves TLS, if it has a certificate. */
    public String secureUrl() {
        return "https://localhost:" + ports.tls();
    }

    public int port() {
        return ports.data();
    }

    public int managementPort() {
        return ports.management();
    }

    public Management management() {
        return management;
    }

    /** Lines of the access log for this path. */
    public List<String> accessLogOf(String path) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith("{\"time\":") && line.contains("\"path\":\"" + path + "\""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident memory in KiB, as the kernel counts it. */
    public long residentKibibytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time so far. */
    public Duration processorTime() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** What a cluster sends before it takes a pod away. */
    public void terminate() {
        process.signal("TERM");
    }

    /** The exit code once it has ended, as a shell reports it. */
    public int awaitExit() {
        if (!process.endsWithin(PATIENCE)) {
            throw new AssertionError("%s has not ended:%n%s".formatted(process, process.logTail()));
        }
        return process.exitCode();
    }

    @Override
    public void close() {
        management.close();
        process.close();
    }
}
