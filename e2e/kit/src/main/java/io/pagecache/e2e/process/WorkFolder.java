package io.pagecache.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two folders of one run: a scratch folder that is deleted at the end, and a log folder that stays, because logs are what
 * one needs after a failure. Logs go below the module's {@code target}, or to {@code PAGECACHE_LOG_DIR}.
 */
public final class WorkFolder implements AutoCloseable {
    private final Path scratch;
    private final Path logs;
    private final Thread cleaner;

    private WorkFolder(Path scratch, Path logs) {
        this.scratch = scratch;
        this.logs = logs;
        this.cleaner = new Thread(this::deleteAtTheEnd, "delete-" + scratch.getFileName());
    }

    public static WorkFolder create(String name) {
        try {
            Path scratch = Files.createTempDirectory("pagecache-" + name + "-");
            Path logs = Files.createDirectories(
                    logRoot().resolve(name + "-" + ProcessHandle.current().pid()));
            WorkFolder folder = new WorkFolder(scratch, logs.toAbsolutePath());
            folder.deleteWhenTheJvmEnds();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteWhenTheJvmEnds() {
        try {
            Runtime.getRuntime().addShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            deleteTree(scratch); // it is ending already
            throw e;
        }
    }

    private static Path logRoot() {
        String chosen = System.getenv("PAGECACHE_LOG_DIR");
        if (chosen != null && !chosen.isBlank()) {
            return Path.of(chosen);
        }
        return Files.exists(Path.of("pom.xml"))
                ? Path.of("target", "cluster-logs")
                : Path.of(System.getProperty("java.io.tmpdir"), "pagecache-logs");
    }

    public Path scratch() {
        return scratch;
    }

    public Path logs() {
        return logs;
    }

    public Path write(String name, String text) {
        try {
            return Files.writeString(scratch.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder and what is in it, as far as that is possible. */
    public static void deleteTree(Path folder) {
        if (!deleted(folder)) {
            // An overlay's work folder, which only root may read as it is.
            Tool.works("chmod", "-R", "u+rwX", folder.toString());
            deleted(folder);
        }
    }

    private static boolean deleted(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false; // or a file that a dying process still writes
        }
    }

    /** After an interrupt: first those who still write here. */
    private void deleteAtTheEnd() {
        ChildProcess.endAll();
        deleteTree(scratch);
    }

    @Override
    public void close() {
        deleteTree(scratch);
    }
}
