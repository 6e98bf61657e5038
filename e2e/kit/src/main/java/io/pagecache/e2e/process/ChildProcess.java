package io.pagecache.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process that dies with this JVM, however the JVM dies: a shutdown hook ends it after a normal exit or an interrupt, and
 * where {@code setpriv} exists the kernel ends it after a {@code kill -9}. The kernel watches the thread that
 * started the process, hence one starter thread that lives as long as the JVM.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Set<ChildProcess> ALIVE = ConcurrentHashMap.newKeySet();
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("process-starter").factory());
    private static final List<String> DIE_WITH_PARENT = Tool.works("setpriv", "--pdeathsig", "KILL", "true")
            ? List.of("setpriv", "--pdeathsig", "KILL")
            : List.of();
    private static boolean ending; // guarded by ALIVE
    private static final int TAIL_LINES = 25;
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::endAll, "end-child-processes"));
    }

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process with exactly this environment; its output is appended to the log file. A JVM that is ending starts
     * nothing any more: {@link IllegalStateException}.
     */
    public static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        List<String> guarded = new ArrayList<>(DIE_WITH_PARENT);
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        ChildProcess child;
        synchronized (ALIVE) {
            if (ending) {
                throw new IllegalStateException(name + " is not started: everything is being ended");
            }
            child = new ChildProcess(name, startOnStarterThread(builder), log);
            ALIVE.add(child);
        }
        child.process.onExit().thenRun(() -> ALIVE.remove(child));
        return child;
    }

    private static Process startOnStarterThread(ProcessBuilder builder) {
        try {
            return STARTER.submit(builder::start).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw new UncheckedIOException(io.getMessage(), io);
            }
            throw new IllegalStateException("cannot start " + builder.command(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + builder.command(), e);
        }
    }

    /** Ends all of them, for good: for the end of the JVM, while whoever watches a process may still want to restart it. */
    static void endAll() {
        synchronized (ALIVE) {
            ending = true;
        }
        ALIVE.forEach(ChildProcess::kill);
        ALIVE.forEach(child -> child.endsWithin(LAST_PATIENCE));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Runs this once the process has ended. */
    public void whenEnded(Runnable action) {
        process.onExit().thenRun(action);
    }

    /** As a shell reports it: 128 + signal number for a process that a signal ended. */
    public int exitCode() {
        return process.exitValue();
    }

    public Path log() {
        return log;
    }

    /** The end of the log, for messages about a failure. */
    public String logTail() {
        try {
            List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Sends a signal by name, for example {@code TERM}, {@code STOP} or {@code CONT}. */
    public void signal(String signal) {
        if (isAlive()) {
            Tool.works("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(pid()));
        }
    }

    /** Asks the process to end and, after the grace period, ends it with all that it started. */
    public void stop(Duration grace) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        if (!endsWithin(grace)) {
            kill();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends the process and all that it started, at once. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Waits for the end; an interrupt counts as patience running out. */
    public boolean endsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    @Override
    public void close() {
        kill();
        endsWithin(Duration.ofSeconds(5));
    }

    @Override
    public String toString() {
        return name + " (process " + pid() + ", log " + log + ")";
    }
}
