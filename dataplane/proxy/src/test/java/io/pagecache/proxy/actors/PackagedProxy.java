package io.pagecache.proxy.actors;

import static org.awaitility.Awaitility.await;

import io.pagecache.plan.PurgeLedger;
import io.pagecache.proxy.reload.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged application as a process of its own, with Netty's leak detector wide awake. */
public final class PackagedProxy implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern SERVING = Pattern.compile("serving on 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern MANAGEMENT = Pattern.compile("Management interface listening on \\S*:(\\d+)");
    private static final String TOKEN = "secret";

    private final Path log;
    private final Process process;

    /**
     * Starts it and waits until it serves.
     *
     * @param accessLog where its standard output goes
     */
    public PackagedProxy(Path directory, SamplePlan plan, ProcessBuilder.Redirect accessLog, String... options) {
        this(directory, plan, accessLog, List.of(), options);
    }

    /** One that may have so many files and connections open. */
    public static PackagedProxy withDescriptors(Path directory, SamplePlan plan, int most) {
        List<String> limited = List.of("sh", "-c", "ulimit -n " + most + " && exec \"$@\"", "sh");
        return new PackagedProxy(directory, plan, ProcessBuilder.Redirect.DISCARD, limited);
    }

    private PackagedProxy(
            Path directory,
            SamplePlan plan,
            ProcessBuilder.Redirect accessLog,
            List<String> launcher,
            String... options) {
        log = directory.resolve("log");
        try {
            Files.write(directory.resolve("plan.json"), WireJson.write(plan.build()));
            Files.write(directory.resolve("purges.json"), WireJson.write(PurgeLedger.EMPTY));
            Files.writeString(directory.resolve("token"), TOKEN + "\n");
            Files.deleteIfExists(log);
            process = command(directory, accessLog, launcher, options).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(90)).until(() -> !process.isAlive() || found(MANAGEMENT) && found(SERVING));
        if (!process.isAlive()) {
            throw new AssertionError(logged());
        }
    }

    private static ProcessBuilder command(
            Path directory, ProcessBuilder.Redirect accessLog, List<String> launcher, String... options) {
        List<String> words = new ArrayList<>(launcher);
        words.add(ProcessHandle.current().info().command().orElseThrow());
        words.addAll(List.of(options));
        words.addAll(List.of("-Dio.netty.leakDetection.level=paranoid", "-jar", JAR.toString()));
        ProcessBuilder command = new ProcessBuilder(words)
                .redirectOutput(accessLog)
                .redirectError(directory.resolve("log").toFile());
        command.environment()
                .putAll(Map.of(
                        "PAGECACHE_PLAN_DIR", directory.toString(),
                        "PAGECACHE_HTTP_HOST", "127.0.0.1",
                        "PAGECACHE_HTTP_PORT", "0",
                        "PAGECACHE_MANAGEMENT_HOST", "127.0.0.1",
                        "PAGECACHE_MANAGEMENT_PORT", "0",
                        "PAGECACHE_MANAGEMENT_TOKEN_FILE",
                                directory.resolve("token").toString(),
                        "PAGECACHE_DRAIN_DELAY", "1s"));
        return command;
    }

    private boolean found(Pattern announcement) {
        return announcement.matcher(logged()).find();
    }

    private int announced(Pattern announcement) {
        Matcher found = announcement.matcher(logged());
        if (!found.find()) {
            throw new AssertionError(logged());
        }
        return Integer.parseInt(found.group(1));
    }

    /** What it wrote to standard error. */
    public String logged() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return announced(SERVING);
    }

    public int managementPort() {
        return announced(MANAGEMENT);
    }

    public Process process() {
        return process;
    }

    /** @param name such as {@code STOP} */
    public void signal(String name) {
        try {
            int sent = new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (sent != 0) {
                throw new AssertionError("cannot send SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The most memory it ever had resident, in bytes. */
    public long peakResidentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new AssertionError("the kernel does not tell");
    }

    /** Files and connections that it has open. */
    public long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return open.count();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
