package io.pagecache.e2e.blackbox;

import io.pagecache.e2e.process.WorkFolder;
import io.pagecache.plan.PurgeLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Makes an AOT cache: a run under load shows the JVM which classes are loaded and which code is hot, a second JVM writes
 * them down, loaded, linked and with their profiles. A cache fits one JVM, one set of jars (by size and time) and one kind of
 * object headers; another garbage collector may read it.
 */
public final class AotTraining {
    /** Runs the application, keeps it busy, and ends it by SIGTERM, so that it leaves its recording. */
    @FunctionalInterface
    public interface Run {
        /**
         * @param application with a command that records
         * @param scratch an empty folder
         */
        void under(ProxyForm application, Path scratch);
    }

    private final JavaApplication application;
    private final Run run;

    public AotTraining(JavaApplication application, Run run) {
        this.application = application;
        this.run = run;
    }

    /** Of the proxy. */
    public static AotTraining ofProxy(JavaApplication proxy) {
        return new AotTraining(proxy, AotTraining::serve);
    }

    /** Of this checkout's proxy, unless there is one that is newer than its jar. */
    public static void refresh(Path root) {
        JavaApplication proxy = JavaApplication.proxy(root);
        Path cache = ProxyForm.aot(root).artifact();
        try {
            if (!Files.exists(cache)
                    || Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(proxy.jar())) < 0) {
                ofProxy(proxy).make(cache);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the cache, a minute's work at most. */
    public void make(Path cache) {
        try (WorkFolder work = WorkFolder.create("aot")) {
            Path recording = work.scratch().resolve("proxy.aotconf");
            record(recording, work.scratch());
            Files.createDirectories(cache.toAbsolutePath().getParent());
            create(recording, cache);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void record(Path recording, Path scratch) {
        run.under(
                new ProxyForm(
                        "training",
                        application.jar(),
                        application.command(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording))),
                scratch);
        if (!Files.exists(recording)) {
            throw new IllegalStateException("the training run has left no recording");
        }
    }

    /** The training of the proxy: a day of traffic in some seconds. */
    public static void serve(ProxyForm application, Path scratch) {
        try (TrainingLoad load = new TrainingLoad()) {
            WireFolder folder = new WireFolder(scratch);
            folder.write(load.firstPlan());
            folder.write(PurgeLedger.EMPTY);
            try (ProxyProcess proxy =
                    ProxyProcess.start(application, folder, Duration.ZERO).awaitReady()) {
                load.on(proxy);
                proxy.terminate();
                proxy.awaitExit();
            }
        }
    }

    private void create(Path recording, Path cache) throws IOException {
        Process create = new ProcessBuilder(application.command(
                        List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recording, "-XX:AOTCache=" + cache)))
                .redirectErrorStream(true)
                .start();
        String said = new String(create.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (create.waitFor() != 0 || !Files.exists(cache)) {
                throw new IllegalStateException("the JVM made no AOT cache: " + said);
            }
        } catch (InterruptedException e) {
            create.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
