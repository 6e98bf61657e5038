package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.PurgeLedger;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin;
import io.pagecache.proxy.actors.ScriptedOrigin.Gate;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor;
import io.pagecache.proxy.actors.Visitor.Received;
import io.pagecache.proxy.reload.WireJson;
import io.vertx.core.Vertx;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application as a process of its own. */
class ProcessIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern SERVING = Pattern.compile("serving on 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern MANAGEMENT = Pattern.compile("Management interface listening on \\S*:(\\d+)");

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedOrigin origin = new ScriptedOrigin(vertx);
    private Process process;
    private Path log;

    @BeforeEach
    void start() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.originPort = origin.port();
        Files.write(directory.resolve("plan.json"), WireJson.write(plan.build()));
        Files.write(directory.resolve("purges.json"), WireJson.write(PurgeLedger.EMPTY));
        Files.writeString(directory.resolve("token"), "secret\n");
        log = directory.resolve("log");
        ProcessBuilder command = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-jar", JAR.toString())
                .redirectOutput(directory.resolve("access.log").toFile())
                .redirectError(log.toFile());
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
        process = command.directory(new File(".")).start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> MANAGEMENT.matcher(logged()).find());
    }

    @AfterEach
    void stop() throws Exception {
        process.destroyForcibly().waitFor();
        Sync.get(vertx.close());
    }

    private String logged() throws Exception {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private Visitor visitorOf(Pattern announcement) throws Exception {
        Matcher found = announcement.matcher(logged());
        assertThat(found.find()).as(logged()).isTrue();
        return new Visitor(vertx, Integer.parseInt(found.group(1)));
    }

    @Test
    void shouldServeManageAndMeasure() throws Exception {
        Visitor visitor = visitorOf(SERVING);
        Visitor operator = visitorOf(MANAGEMENT);
        visitor.get("/a");

        assertThat(visitor.get("/a").cacheStatus()).contains("hit");
        assertThat(operator.get("/q/health/ready").status()).isEqualTo(200);
        assertThat(operator.get("/q/health/live").status()).isEqualTo(200);
        assertThat(operator.get("/q/health/started").status()).isEqualTo(200);
        assertThat(operator.get("/v1/state").status()).isEqualTo(401);
        assertThat(operator.get("/v1/state", "Authorization", "Bearer secret").text())
                .contains("\"revision\":\"r1\"");
        assertThat(operator.get("/q/metrics").text())
                .contains("pagecache_requests_total{outcome=\"hit\",reason=\"fresh\",rule=\"defaults\"} 1.0");
        assertThat(visitor.get("/v1/state").header("Via"))
                .as("the data port has no management")
                .isNotNull();
        await().until(() ->
                Files.readString(directory.resolve("access.log")).lines().count() >= 3);
    }

    @Test
    @DisplayName("SIGTERM: not ready first, then Connection: close, what is under way is finished (HARDENING F5)")
    void shouldLeaveWithoutDroppingARequest() throws Exception {
        Visitor visitor = visitorOf(SERVING);
        Visitor operator = visitorOf(MANAGEMENT);
        visitor.get("/a");
        Gate gate = origin.answersWhenOpen("/slow");
        var slow = visitor.asks("GET", "/slow", null);
        gate.awaitFirst();

        process.destroy();
        await().until(() -> operator.get("/q/health/ready").status() == 503);
        Received late = visitor.get("/a");
        gate.open();

        assertThat(late.cacheStatus()).contains("hit");
        assertThat(late.header("Connection")).isEqualTo("close");
        assertThat(Sync.get(slow).text()).startsWith("/slow #");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
}
