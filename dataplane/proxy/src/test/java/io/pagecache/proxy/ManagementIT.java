package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.proxy.actors.Proxy;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin.Gate;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor.Received;
import io.pagecache.proxy.reload.WireJson;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:W76")
class ManagementIT {
    private static final String[] TOKEN = {"Authorization", "Bearer " + Proxy.TOKEN};

    @TempDir
    Path directory;

    private static PurgeOrder order(long sequence, PurgeMode mode, PurgeScope scope) {
        return new PurgeOrder(sequence, "t" + sequence, mode, List.of(scope), Instant.parse("2026-11-22T10:00:00Z"));
    }

    private static Received pushes(Stage stage, PurgeOrder... orders) {
        PurgeLedger ledger = new PurgeLedger(orders[orders.length - 1].sequence(), List.of(orders));
        return stage.operator.sends("POST", "/v1/purges", json(ledger), TOKEN);
    }

    private static String json(Object value) {
        return new String(WireJson.write(value), StandardCharsets.UTF_8);
    }

    @Test
    void shouldLetNobodyInWithoutTheToken() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            assertThat(stage.operator.get("/v1/state").status()).isEqualTo(401);
            assertThat(stage.operator
                            .get("/v1/state", "Authorization", "Bearer wrong")
                            .status())
                    .isEqualTo(401);
            assertThat(stage.operator.get("/v1/state", TOKEN).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldPurgeAndAcknowledge() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/news/1");
            stage.visitor.get("/about");

            Received reply = pushes(stage, order(1, PurgeMode.HARD, new PurgeScope.Prefix("/news/")));

            ProxyState state = WireJson.read(reply.body().getBytes(), ProxyState.class);
            assertThat(state.purgeSequence()).isEqualTo(1);
            assertThat(state.recentPurges()).singleElement().satisfies(result -> {
                assertThat(result.token()).isEqualTo("t1");
                assertThat(result.entries()).isEqualTo(1);
            });
            assertThat(stage.visitor.get("/news/1").cacheStatus()).contains("fwd=uri-miss");
            assertThat(stage.visitor.get("/about").cacheStatus()).contains("hit");
        }
    }

    @Test
    void shouldServeASoftlyPurgedPageOnceMoreWhileItIsRefreshed() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/a", "old", "Surrogate-Key", "x");
            stage.visitor.get("/a");
            stage.origin.answers("/a", "new", "Surrogate-Key", "x");

            pushes(stage, order(1, PurgeMode.SOFT, new PurgeScope.Tag("x")));

            Received stale = stage.visitor.get("/a");
            assertThat(stale.text()).isEqualTo("old");
            assertThat(stale.cacheStatus()).contains("detail=purged-soft");
            await().untilAsserted(
                            () -> assertThat(stage.visitor.get("/a").text()).isEqualTo("new"));
        }
    }

    @Test
    @DisplayName("a fetch that began before a purge does not repopulate (HARDENING E18)")
    void shouldNotKeepAPageFetchedBeforeThePurge() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            Gate gate = stage.origin.answersWhenOpen("/a");
            var visit = stage.visitor.asks("GET", "/a", null);
            gate.awaitFirst();

            pushes(stage, order(1, PurgeMode.HARD, new PurgeScope.All()));
            gate.open();

            assertThat(Sync.get(visit).status()).isEqualTo(200);
            assertThat(stage.visitor.get("/a").cacheStatus()).contains("fwd=uri-miss");
        }
    }

    @Test
    void shouldFollowTheLedgerInTheDirectoryToo() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/a");

            stage.proxy.write(new PurgeLedger(1, List.of(order(1, PurgeMode.HARD, new PurgeScope.All()))));

            await().until(() -> stage.visitor.get("/a").cacheStatus().contains("uri-miss"));
        }
    }

    @Test
    void shouldSwapThePlanAndKeepTheStore() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/a");
            SamplePlan next = SamplePlan.plan().rule("account", "/account", SamplePlan::never);
            next.originPort = stage.origin.port();
            next.revision = "r2";

            Received put = stage.operator.sends("PUT", "/v1/plan", json(next.build()), TOKEN);

            assertThat(put.status()).isEqualTo(204);
            assertThat(stage.proxy.revision()).isEqualTo("r2");
            assertThat(stage.visitor.get("/a").cacheStatus()).contains("hit");
            assertThat(stage.visitor.get("/account").cacheStatus()).contains("rule-never");
        }
    }

    @Test
    void shouldRefuseABadPlanSayWhyAndKeepTheOldOne() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            String good = json(SamplePlan.plan().build());

            Received refused = stage.operator.sends(
                    "PUT", "/v1/plan", good.replace("\"cacheBytes\":67108864", "\"cacheBytes\":5"), TOKEN);
            Received notJson = stage.operator.sends("PUT", "/v1/plan", "{", TOKEN);

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text())
                    .contains("\"field\":\"cacheBytes\"")
                    .contains("cacheBytes is 5, at least 1048576 is needed");
            assertThat(notJson.status()).isEqualTo(422);
            assertThat(stage.proxy.revision()).isEqualTo("r1");
            assertThat(stage.visitor.get("/a").status()).isEqualTo(200);
        }
    }

    @Test
    void shouldKeepThePlanWhenItsFileGoesBadAndRecover() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.proxy.writePlanText("{\"formatVersion\": 99}");
            await().untilAsserted(() ->
                    assertThat(stage.operator.get("/v1/state", TOKEN).text()).contains("\"rejection\":\"plan.json: "));
            assertThat(stage.visitor.get("/a").status()).isEqualTo(200);

            SamplePlan next = SamplePlan.plan();
            next.originPort = stage.origin.port();
            next.revision = "r3";
            stage.proxy.write(next);

            await().until(() -> stage.proxy.revision().equals("r3"));
            assertThat(stage.operator.get("/v1/state", TOKEN).text()).contains("\"rejection\":null");
        }
    }

    @Test
    void shouldReportStatistics() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/a");
            stage.visitor.get("/a");

            await().untilAsserted(() -> {
                Received reply = stage.operator.get("/v1/stats", TOKEN);
                ProxyStats stats = WireJson.read(reply.body().getBytes(), ProxyStats.class);
                assertThat(stats.hits()).isEqualTo(1);
                assertThat(stats.requests()).isEqualTo(2);
                assertThat(stats.objects()).isEqualTo(1);
                assertThat(stats.storeBytes()).isPositive();
            });
        }
    }

    @Test
    void shouldRefuseAStrangerBeforeReadingTheBody() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan());
                Socket stranger = new Socket("127.0.0.1", stage.proxy.managementPort())) {
            stranger.setSoTimeout(20_000);

            stranger.getOutputStream()
                    .write("PUT /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nonly this"
                            .getBytes(StandardCharsets.US_ASCII));

            byte[] status = stranger.getInputStream().readNBytes("HTTP/1.1 401".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
        }
    }
}
