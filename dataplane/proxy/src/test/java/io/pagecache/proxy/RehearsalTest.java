package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pagecache.proxy.inbound.DataListener;
import io.pagecache.proxy.log.AccessLogWriter;
import io.pagecache.store.BoundedCaches;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheImpl;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheInfo;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RehearsalTest {
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldServeHitsOnTheFastPathAndLeaveNothingBehind() throws Exception {
        Rehearsal.Outcome outcome = rehearse(Duration.ofSeconds(50), 500);

        assertThat(outcome.requests()).isGreaterThanOrEqualTo(500);
        assertThat(outcome.fastAnswers()).isPositive().isLessThan(outcome.requests());
        assertThat(registry.getMeters()).isEmpty();
        assertThat(logged.size()).isZero();
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void shouldEndWhenItsTimeIsOver() throws Exception {
        Rehearsal.Outcome outcome = rehearse(Duration.ofNanos(1), Long.MAX_VALUE);

        assertThat(outcome.requests()).isLessThanOrEqualTo(4);
    }

    private Rehearsal.Outcome rehearse(Duration limit, long requests) throws Exception {
        CaffeineCacheInfo values = new CaffeineCacheInfo();
        values.name = "element-values";
        values.maximumSize = 100L;
        Dataplane.Surroundings surroundings = new Dataplane.Surroundings(
                vertx,
                Clock.systemUTC(),
                Clock.systemUTC(),
                new BoundedCaches(Runnable::run, System::nanoTime),
                new CaffeineCacheImpl(values, false),
                registry,
                new AccessLogWriter(logged, () -> 0.5),
                () -> "boundary",
                () -> 0.5);
        Dataplane.Settings settings = new Dataplane.Settings(
                new DataListener.Settings("127.0.0.1", 0, 0, Duration.ofSeconds(30), 2),
                folder,
                Duration.ofSeconds(1),
                folder.resolve("token"),
                folder.resolve("references"),
                Duration.ofSeconds(60),
                null,
                null);
        return new Rehearsal(surroundings, settings)
                .run(limit, requests)
                .toCompletionStage()
                .toCompletableFuture()
                .get(55, TimeUnit.SECONDS);
    }
}
