package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.Proxy;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.reload.WireJson;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that change while everybody reads. */
class ReloadIT {
    private static final int RELOADS = 200;
    private static final int READERS = 4;

    @TempDir
    Path directory;

    @Test
    @DisplayName("F7: 200 reloads under load fail no request, and a bad plan among them changes nothing")
    void shouldReloadUnderLoadWithoutAFailure() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        try (Stage stage = new Stage(directory, plan)) {
            stage.visitor.get("/page");
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger served = new AtomicInteger();
            List<Future<Void>> readers = IntStream.range(0, READERS)
                    .mapToObj(i -> reads(stage, served, over))
                    .toList();

            for (int i = 1; i <= RELOADS; i++) {
                plan.revision = "r" + i;
                plan.ttl = Duration.ofMinutes(i);
                String text = new String(WireJson.write(plan.build()), StandardCharsets.UTF_8);
                boolean bad = i % 10 == 0;
                int status = push(stage, bad ? text.replaceAll("\"cacheBytes\":\\d+", "\"cacheBytes\":1") : text);
                assertThat(status).isEqualTo(bad ? 422 : 204);
            }
            over.set(true);

            readers.forEach(Sync::get);
            assertThat(served.get()).isPositive();
            assertThat(stage.proxy.revision()).isEqualTo("r" + (RELOADS - 1));
            assertThat(stage.origin.requestsFor("/page")).isEqualTo(1);
        }
    }

    private static int push(Stage stage, String plan) {
        return Sync.get(stage.operator.asks(
                        "PUT", "/v1/plan", Buffer.buffer(plan), "Authorization", "Bearer " + Proxy.TOKEN))
                .status();
    }

    /** Asks again and again; fails with the first reply that is not the page. */
    private static Future<Void> reads(Stage stage, AtomicInteger served, AtomicBoolean over) {
        Promise<Void> end = Promise.promise();
        read(stage, served, over, end);
        return end.future();
    }

    private static void read(Stage stage, AtomicInteger served, AtomicBoolean over, Promise<Void> end) {
        stage.visitor.asks("GET", "/page", null).onFailure(end::tryFail).onSuccess(reply -> {
            if (reply.status() != 200 || !reply.text().equals("/page #1")) {
                end.tryFail(new AssertionError(reply.status() + " " + reply.text()));
            } else if (over.get()) {
                end.tryComplete();
            } else {
                served.incrementAndGet();
                read(stage, served, over, end);
            }
        });
    }
}
