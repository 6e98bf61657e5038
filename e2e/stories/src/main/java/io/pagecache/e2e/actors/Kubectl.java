package io.pagecache.e2e.actors;

import io.pagecache.e2e.ControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The kubectl that a user would type, in one namespace. */
public final class Kubectl {
    private static final long LIMIT_SECONDS = 120;

    private final ControlPlane controlPlane;
    private final String namespace;

    public Kubectl(ControlPlane controlPlane, String namespace) {
        this.controlPlane = controlPlane;
        this.namespace = namespace;
    }

    /** Standard output, trimmed; throws with standard error when kubectl fails. */
    public String run(String... arguments) {
        return run("", List.of(arguments));
    }

    public void apply(Path manifest) {
        run("apply", "-f", manifest.toString());
    }

    public void applyText(String manifest) {
        run(manifest, List.of("apply", "-f", "-"));
    }

    private String run(String input, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("--namespace", namespace));
        all.addAll(arguments);
        String shown = "kubectl " + String.join(" ", arguments);
        try {
            Process process = new ProcessBuilder(controlPlane.kubectl(all.toArray(String[]::new))).start();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            CompletableFuture<String> error = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(shown + " took over " + LIMIT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(shown + ": " + error.join().strip());
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
