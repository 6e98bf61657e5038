package io.pagecache.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path folder;

    @Test
    void shouldEndTheProxyAndCleanUpOnSigterm() throws Exception {
        Process serve = serve();
        String[] fake = lineWith(serve.inputReader(), "fake proxy ").split(" ");
        ProcessHandle proxy = ProcessHandle.of(Long.parseLong(fake[2])).orElseThrow();
        Path workspace = Path.of(fake[4]).getParent();

        serve.destroy();

        assertThat(serve.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(serve.exitValue()).isEqualTo(128 + 15);
        await().atMost(Duration.ofSeconds(5)).until(() -> !proxy.isAlive());
        assertThat(workspace).doesNotExist();
    }

    private Process serve() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: pagecache.io/v1alpha1
                kind: PageCachePolicy
                metadata: { name: shop }
                spec: { origin: { url: "http://127.0.0.1:1" } }
                """);
        String classPath = System.getProperty("java.class.path");
        ProcessBuilder builder = new ProcessBuilder(
                        JAVA,
                        "-cp",
                        classPath,
                        Main.class.getName(),
                        "serve",
                        policy.toString(),
                        "--port",
                        Integer.toString(freePort()),
                        "--management-port",
                        Integer.toString(freePort()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put(
                        "PAGECACHE_PROXY_COMMAND",
                        "%s -cp %s io.pagecache.standalone.serve.FakeProxy".formatted(JAVA, classPath));
        return builder.start();
    }

    private static String lineWith(BufferedReader output, String text) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("it ended without saying '" + text + "'");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
