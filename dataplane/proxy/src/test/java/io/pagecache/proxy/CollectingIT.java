package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectingIT {
    private static final int SIZE = 400_000;

    @TempDir
    Path directory;

    private static double value(Stage stage, String meter) {
        return stage.proxy.meters.get(meter).meter().measure().iterator().next().getValue();
    }

    @Test
    @DisplayName(
            "HARDENING D8: a crowd of misses is collected within its memory; the rest is streamed, complete but not kept")
    void shouldBoundWhatIsCollectedAtOnce() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.cacheBytes = 8 << 20; // so 2 MiB for collecting
        try (Stage stage = new Stage(directory, plan)) {
            Promise<Void> gate = Promise.promise();
            List<Future<Received>> visits = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                stage.origin.on("/" + i, request -> {
                    request.response().putHeader("Content-Length", Integer.toString(SIZE));
                    request.response().write(Buffer.buffer(new byte[SIZE - 1]));
                    gate.future().onSuccess(open -> request.response().end("x"));
                });
                visits.add(stage.visitor.asks("GET", "/" + i, null));
            }

            await().untilAsserted(() ->
                    assertThat(value(stage, "pagecache.collecting.refused")).isGreaterThanOrEqualTo(14));
            assertThat(value(stage, "pagecache.collecting.bytes")).isBetween(1.0, (double) (2 << 20));
            gate.complete();

            for (Future<Received> visit : visits) {
                assertThat(Sync.get(visit).body().length()).isEqualTo(SIZE);
            }
            await().untilAsserted(() ->
                    assertThat(value(stage, "pagecache.collecting.bytes")).isZero());
            long kept = java.util.stream.IntStream.range(0, 20)
                    .filter(i -> stage.visitor.get("/" + i).cacheStatus().contains("hit"))
                    .count();
            assertThat(kept).isBetween(1L, 6L);
        }
    }

    @Test
    @DisplayName("HARDENING D8: what was collected is given back, whoever reads it, breaks off or leaves")
    void shouldGiveBackWhatWasCollected() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/page", "x".repeat(100_000), "ETag", "\"a\"").breaksOff("/broken");

            stage.visitor.get("/page");
            stage.visitor.head("/other");
            stage.visitor.get("/conditional", "If-None-Match", "\"a\"");
            stage.visitor.head("/broken");

            await().untilAsserted(() ->
                    assertThat(value(stage, "pagecache.collecting.bytes")).isZero());
        }
    }
}
