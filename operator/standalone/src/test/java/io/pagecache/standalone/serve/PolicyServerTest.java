package io.pagecache.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyServerTest {
    private static final String POLICY = """
            apiVersion: pagecache.io/v1alpha1
            kind: PageCachePolicy
            metadata:
              name: shop
              annotations: { pagecache.io/purge: "%s" }
            spec:
              origin: { backendRef: { name: shop, port: 8080 } }
              defaults: { ttl: %s }
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ExecutorService runner = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    Path folder;

    private Path file;
    private int port;
    private int managementPort;

    @BeforeEach
    void writePolicy() throws Exception {
        file = folder.resolve("policy.yaml");
        port = freePort();
        managementPort = freePort();
        write("all @1", "60s");
    }

    @AfterEach
    void stop() {
        runner.shutdownNow();
    }

    @Test
    void shouldFollowTheFileUntilTheProxyEnds() throws Exception {
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(this::run, runner);
        awaitOutput("The proxy runs plan ");
        Path workspace = workspace();
        assertThat(workspace).isDirectory();

        write("all @1", "5m");
        await().atMost(Duration.ofSeconds(60)).until(() -> countOf("The proxy runs plan ") == 2);
        write("tag:article-42 @2", "5m");
        awaitOutput("Purge 'tag:article-42 @2' is ordered as number 1");
        awaitOutput("Purge 'tag:article-42 @2' is done: 42 pages");
        quit();

        assertThat(exitCode.get()).isEqualTo(7);
        assertThat(workspace).doesNotExist();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldKeepThePlanWhenTheFileGoesBad() throws Exception {
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(this::run, runner);
        awaitOutput("The proxy runs plan ");

        write("all @1", "soon");
        awaitOutput("The proxy keeps plan ");
        write("sofd", "60s");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(err.toString(StandardCharsets.UTF_8))
                        .contains(file + ":8:15: spec.defaults.ttl: 'soon': expected a duration")
                        .contains(file
                                + ":5:18: metadata.annotations[pagecache.io/purge]: at column 1 of the value, 'sofd'"));
        quit();

        assertThat(exitCode.get()).isEqualTo(7);
        assertThat(countOf("The proxy runs plan ")).isEqualTo(1);
        assertThat(output()).doesNotContain("is ordered");
    }

    @Test
    void shouldNotBeginWithABadFile() throws Exception {
        write("all @1", "soon");

        assertThat(run()).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(file + ":8:15: spec.defaults.ttl: 'soon'");
        assertThat(output()).isEmpty();
    }

    @Test
    void shouldSayWhichPortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();

            assertThat(run()).isEqualTo(1);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("cannot listen on 127.0.0.1:" + port)
                .endsWith("say another port with --port\n");
        assertThat(output()).doesNotContain("Serving");
    }

    private int run() {
        ServeOptions options = new ServeOptions(
                file,
                new Address("127.0.0.1", port),
                new Address("127.0.0.1", managementPort),
                new LocalBackends(Map.of("shop", new Address("127.0.0.1", 18080))),
                new LocalReferences(file.resolveSibling("references")),
                null,
                FakeProxy.command());
        Console console = new Console(new PrintStream(out, true), new PrintStream(err, true));
        try {
            return new PolicyServer(options, console, Clock.systemUTC()).run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void write(String purge, String ttl) throws Exception {
        Path next = Files.writeString(folder.resolve("next"), POLICY.formatted(purge, ttl));
        Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Path workspace() {
        String text = output();
        int start = text.indexOf("token in ") + "token in ".length();
        return Path.of(text.substring(start, text.indexOf(')', start))).getParent();
    }

    private void quit() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI quit = URI.create("http://127.0.0.1:" + managementPort + "/quit");
            http.send(HttpRequest.newBuilder(quit).build(), HttpResponse.BodyHandlers.discarding());
        }
    }

    private void awaitOutput(String text) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(output()).contains(text));
    }

    private long countOf(String text) {
        return output().lines().filter(line -> line.contains(text)).count();
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
