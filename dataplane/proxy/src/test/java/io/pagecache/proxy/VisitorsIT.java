package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.ProxyStats;
import io.pagecache.proxy.actors.Proxy;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.pagecache.proxy.reload.WireJson;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:T44")
class VisitorsIT {

    @TempDir
    Path directory;

    private static Received stats(Stage stage) {
        return stage.operator.get("/v1/stats", "Authorization", "Bearer " + Proxy.TOKEN);
    }

    @Test
    @DisplayName("T44: different clients behind a trusted proxy are counted, on the fast path as in the chain")
    void shouldCountVisitors() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.trustedProxies = List.of("127.0.0.0/8");
        plan.accessLog = new io.pagecache.plan.AccessLog(io.pagecache.plan.AccessLog.Mode.OFF, 0);
        try (Stage stage = new Stage(directory, plan)) {
            for (int visit = 0; visit < 3; visit++) {
                for (int client = 1; client <= 20; client++) {
                    stage.visitor.get("/p", "X-Forwarded-For", "192.0.2." + client);
                }
            }

            await().untilAsserted(() -> {
                Received reply = stats(stage);
                ProxyStats stats = WireJson.read(reply.body().getBytes(), ProxyStats.class);
                assertThat(stats.visitors().estimate()).isEqualTo(20);
                assertThat(reply.text()).doesNotContain("192.0.2");
            });
            assertThat(stage.proxy
                            .meters
                            .get("pagecache.unique.visitors")
                            .gauge()
                            .value())
                    .isEqualTo(20);
        }
    }

    @Test
    @DisplayName("The limit of variants is reported with the URL that reached it")
    void shouldReportTheVariantLimit() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.on(
                    "/p",
                    request -> request.response().putHeader("Vary", "X-Mood").end("x"));

            for (int i = 0; i < 40; i++) {
                stage.visitor.get("/p", "X-Mood", "mood " + i);
            }

            await().untilAsserted(() -> {
                ProxyStats stats = WireJson.read(stats(stage).body().getBytes(), ProxyStats.class);
                assertThat(stats.variantLimit().count()).isEqualTo(8);
                assertThat(stats.variantLimit().url()).endsWith("/p");
            });
        }
    }
}
