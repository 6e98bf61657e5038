package io.pagecache.e2e.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Builds the control plane's Go module; test JVMs that need it at the same time wait for one build. */
final class SourceBuild {
    private SourceBuild() {}

    static KubernetesParts build(ControlPlaneSource.Built source) {
        try {
            Files.createDirectories(source.binary().getParent());
            Path lockFile = source.binary().resolveSibling("lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                run(source);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return KubernetesParts.allInOne(source.binary().toString());
    }

    private static void run(ControlPlaneSource.Built source) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                source.module().resolve("build.sh").toString(),
                source.binary().toString());
        // The standard output of a test JVM is a protocol: progress goes to standard error only.
        Process build = builder.redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int code = build.waitFor();
            if (code != 0) {
                throw new IllegalStateException("building the control plane failed (exit code " + code + "); run "
                        + source.module().resolve("build.sh") + " to see why");
            }
        } catch (InterruptedException e) {
            build.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the control plane was being built", e);
        }
    }
}
