package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.proxy.actors.PackagedProxy;
import io.pagecache.proxy.actors.Reader;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process may meet with. */
@Timeout(240)
class ProcessFaultsIT {
    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedOrigin origin = new ScriptedOrigin(vertx);
    private final SamplePlan plan = SamplePlan.plan();

    @BeforeEach
    void pointToTheOrigin() {
        plan.originPort = origin.port();
    }

    @AfterEach
    void stop() {
        Sync.get(vertx.close());
    }

    private PackagedProxy proxy(String... options) {
        return new PackagedProxy(directory, plan, Redirect.DISCARD, options);
    }

    private Visitor visitor(PackagedProxy proxy) {
        return new Visitor(vertx, proxy.port());
    }

    @Test
    @DisplayName("F5: SIGTERM under load fails no request, and the process leaves in time")
    void shouldLeaveUnderLoadWithoutAFailure() throws Exception {
        try (PackagedProxy proxy = proxy()) {
            visitor(proxy).get("/page");
            Visitor probe = new Visitor(vertx, proxy.managementPort());
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                readers.add(Reader.begins(proxy.port(), "/page"));
            }
            await().until(() -> readers.stream().allMatch(reader -> reader.served() > 20));

            proxy.process().destroy();
            await().until(() -> probe.get("/q/health/ready").status() == 503);

            for (Reader reader : readers) {
                assertThat(reader.awaitEnd()).isEqualTo("told to go elsewhere");
            }
            assertThat(proxy.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(proxy.logged()).doesNotContain("LEAK").doesNotContain("has been blocked");
        }
    }

    @Test
    @DisplayName("F6: kill -9 under load, again and again: what is served afterwards is whole")
    void shouldServeWholePagesAfterEachKill() throws Exception {
        String page = "0123456789".repeat(2000);
        origin.answers("/page", page);
        for (int i = 0; i < 3; i++) {
            try (PackagedProxy proxy = proxy()) {
                Reader reader = Reader.begins(proxy.port(), "/page");
                await().until(() -> reader.served() > 5);

                proxy.process().destroyForcibly();

                assertThat(reader.awaitEnd()).isNotNull();
                assertThat(reader.bodies()).containsOnly(page);
            }
        }
    }

    @Test
    @DisplayName("F9: nobody reads the log: requests are served, lines are lost and counted")
    void shouldServeWhileNobodyReadsItsLog() throws Exception {
        try (PackagedProxy proxy = new PackagedProxy(directory, plan, Redirect.PIPE)) {
            Visitor visitor = visitor(proxy);
            Visitor probe = new Visitor(vertx, proxy.managementPort());
            String agent = "x".repeat(2000);
            visitor.get("/page");

            for (int round = 0; round < 110; round++) {
                List<Future<Received>> visits = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    visits.add(visitor.asks("GET", "/page", null, "User-Agent", agent));
                }
                assertThat(visits)
                        .allSatisfy(
                                visit -> assertThat(Sync.get(visit).status()).isEqualTo(200));
            }

            await().untilAsserted(() -> assertThat(probe.get("/q/metrics").text())
                    .containsPattern("pagecache_access_log_dropped_total [1-9]"));
        }
    }

    @Test
    @DisplayName("F10: the public port knows neither management nor metrics nor health")
    void shouldShowNothingOfItselfOnThePublicPort() throws Exception {
        try (PackagedProxy proxy = proxy()) {
            for (String path :
                    List.of("/v1/state", "/v1/stats", "/q/metrics", "/q/health/ready", "/q/dev", "/q/info")) {
                assertThat(visitor(proxy).get(path).text()).startsWith(path + " #");
            }
            assertThat(visitor(proxy)
                            .sends("PUT", "/v1/plan", "{}", "Authorization", "Bearer secret")
                            .text())
                    .startsWith("/v1/plan #");
            assertThat(visitor(proxy)
                            .sends("POST", "/v1/purges", "{}", "Authorization", "Bearer secret")
                            .text())
                    .startsWith("/v1/purges #");
        }
    }

    @Test
    @DisplayName("F12: stopped for ten seconds, it goes on within five")
    void shouldGoOnAfterItWasStopped() throws Exception {
        try (PackagedProxy proxy = proxy()) {
            Visitor visitor = visitor(proxy);
            visitor.get("/page");

            proxy.signal("STOP");
            Future<Received> meanwhile = visitor.asks("GET", "/page", null);
            await().atMost(Duration.ofSeconds(30))
                    .pollDelay(Duration.ofSeconds(10))
                    .until(() -> true);
            assertThat(meanwhile.isComplete()).isFalse();
            proxy.signal("CONT");

            await().atMost(Duration.ofSeconds(5)).until(meanwhile::isComplete);
            assertThat(meanwhile.result().status()).isEqualTo(200);
            assertThat(visitor(proxy).get("/other").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("D7: out of file descriptors it pauses accepting, does not spin, serves whom it has, and recovers")
    void shouldPauseWithoutFileDescriptors() throws Exception {
        int most = 400;
        List<Socket> crowd = new ArrayList<>();
        try (PackagedProxy proxy = PackagedProxy.withDescriptors(directory, plan, most)) {
            Visitor early = visitor(proxy);
            early.get("/page");
            String page = early.get("/page").text();

            for (int i = 0; i < most + 100; i++) {
                crowd.add(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
            }
            await().until(() -> proxy.descriptors() > most - 5);
            Duration before = cpu(proxy);
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

            assertThat(cpu(proxy).minus(before)).isLessThan(Duration.ofMillis(2000));
            assertThat(early.get("/page").text()).isEqualTo(page);
            for (Socket one : crowd) {
                one.close();
            }
            assertThat(visitor(proxy).get("/page").text()).isEqualTo(page);
            assertThat(proxy.logged()).doesNotContain("LEAK").doesNotContain("has been blocked");
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    private static Duration cpu(PackagedProxy proxy) {
        return proxy.process().info().totalCpuDuration().orElseThrow();
    }

    @Test
    @DisplayName("D8: filled far beyond its budget it stays within 256 MiB and goes on serving")
    void shouldStayWithinItsMemory() throws Exception {
        plan.cacheBytes = 16 << 20;
        byte[] page = new byte[100_000];
        java.util.Arrays.fill(page, (byte) 'x');
        String content = new String(page, java.nio.charset.StandardCharsets.US_ASCII);
        origin.answers("/fill", content);
        // What the operator gives a proxy for this cache.
        try (PackagedProxy proxy = proxy(
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx114m",
                "-XX:MaxDirectMemorySize=64m")) {
            Visitor visitor = visitor(proxy);

            for (int round = 0; round < 60; round++) {
                List<Future<Received>> visits = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    visits.add(visitor.asks("GET", "/fill?" + round + "." + i, null));
                }
                assertThat(visits)
                        .allSatisfy(visit ->
                                assertThat(Sync.get(visit).body().length()).isEqualTo(page.length));
            }

            assertThat(proxy.process().isAlive()).isTrue();
            assertThat(proxy.peakResidentBytes()).isLessThan(256L << 20);
            visitor.get("/fill?again");
            assertThat(visitor.get("/fill?again").status()).isEqualTo(200);
        }
    }
}
