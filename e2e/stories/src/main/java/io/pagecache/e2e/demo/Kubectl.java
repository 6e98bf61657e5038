package io.pagecache.e2e.demo;

import io.pagecache.e2e.ControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The kubectl that a user would type, in one namespace. */
final class Kubectl {
    private static final long LIMIT_SECONDS = 120;

    private final ControlPlane controlPlane;
    private final String namespace;

    Kubectl(ControlPlane controlPlane, String namespace) {
        this.controlPlane = controlPlane;
        this.namespace = namespace;
    }

    /** Standard output, trimmed; throws with standard error when kubectl fails. */
    String run(String... arguments) {
        return run("", arguments);
    }

    void apply(Path manifest) {
        run("apply", "-f", manifest.toString());
    }

    void applyText(String manifest) {
        run(manifest, "apply", "-f", "-");
    }

    private String run(String input, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--namespace";
        all[1] = namespace;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        try {
            Process process = new ProcessBuilder(controlPlane.kubectl(all)).start();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            CompletableFuture<String> error = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("kubectl " + String.join(" ", arguments) + " took over " + LIMIT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("kubectl " + String.join(" ", arguments) + ": " + error.join().strip());
            }
            return output.join().strip();
        } catch (IOException e) {
            throw new UncheckedIOException("kubectl could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
