package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.proxy.actors.Proxy;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor;
import io.pagecache.proxy.actors.Visitor.Received;
import io.pagecache.proxy.reload.WireJson;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Purges and what goes wrong meanwhile. */
class PurgeFaultsIT {
    private static final Instant ORDERED = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    Path directory;

    private static PurgeLedger ledger(PurgeMode mode) {
        return new PurgeLedger(1, List.of(new PurgeOrder(1, "release", mode, List.of(new PurgeScope.All()), ORDERED)));
    }

    private static Received sends(Visitor operator, PurgeLedger ledger, String... fields) {
        String[] all = new String[fields.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + Proxy.TOKEN;
        System.arraycopy(fields, 0, all, 2, fields.length);
        return operator.sends("POST", "/v1/purges", new String(WireJson.write(ledger), StandardCharsets.UTF_8), all);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("seed:W72")
    @DisplayName("a fetch under way when the purge comes: its reader is answered, and nobody after that gets its page")
    void shouldNotKeepWhatWasBeingFetched(PurgeMode mode) throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            ScriptedOrigin.Gate gate = stage.origin.answersWhenOpen("/page");
            CompletableFuture<Received> early = CompletableFuture.supplyAsync(() -> stage.visitor.get("/page"));
            gate.awaitFirst();

            assertThat(sends(stage.operator, ledger(mode)).status()).isEqualTo(200);
            gate.open();

            assertThat(early.join().status()).isEqualTo(200);
            assertThat(stage.visitor.get("/page").cacheStatus()).doesNotContain("; hit");
            assertThat(stage.origin.requestsFor("/page")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("a proxy that is restarted before it has heard of a purge is past it when it is ready")
    void shouldBePastThePurgeBeforeItIsReady() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        try (Stage stage = new Stage(directory, plan)) {
            stage.visitor.get("/page");
            Path mounted = Files.createDirectory(directory.resolve("restarted"));
            Vertx own = Vertx.vertx();
            try (Proxy restarted = new Proxy(own, mounted, plan, ledger(PurgeMode.HARD))) {
                await().until(() -> restarted.dataplane().isReady());

                assertThat(restarted.dataplane().state().purgeSequence()).isEqualTo(1);
                Visitor operator = new Visitor(own, restarted.managementPort());
                sends(operator, PurgeLedger.EMPTY);
                assertThat(restarted.dataplane().state().purgeSequence()).isEqualTo(1);
            } finally {
                Sync.get(own.close());
            }
        }
    }

    @Test
    @Tag("seed:W35")
    @DisplayName("clock skew: proxies whose clocks are hours apart cut over at the operator's instant, all of them")
    void shouldCutOverTogetherWhateverTheirClocksSay() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        Vertx own = Vertx.vertx();
        try (Stage early = new Stage(Files.createDirectory(directory.resolve("early")), plan);
                Proxy late = new Proxy(own, Files.createDirectory(directory.resolve("late")), plan)) {
            early.proxy.wallOffset = Duration.ofMinutes(90);
            late.wallOffset = Duration.ofMinutes(-40);
            Visitor there = new Visitor(own, late.port());
            String beforeHere = early.visitor.get("/page").text();
            String beforeThere = there.get("/page").text();
            Instant now = early.proxy.clock.instant();
            PurgeOrder order = new PurgeOrder(
                    1,
                    "cut-over",
                    PurgeMode.HARD,
                    List.of(new PurgeScope.All()),
                    now,
                    new PurgeOrder.CutOver(now.plusMillis(300), now));
            PurgeLedger ledger = new PurgeLedger(1, List.of(order));

            sends(early.operator, ledger, PurgeLedger.SENT_AT, now.toString());
            sends(new Visitor(own, late.managementPort()), ledger, PurgeLedger.SENT_AT, now.toString());
            assertThat(early.visitor.get("/page").text()).isEqualTo(beforeHere);
            assertThat(there.get("/page").text()).isEqualTo(beforeThere);
            early.proxy.clock.advance(Duration.ofMillis(300));
            late.clock.advance(Duration.ofMillis(300));

            await().untilAsserted(
                            () -> assertThat(early.visitor.get("/page").text()).isNotEqualTo(beforeHere));
            await().untilAsserted(() -> assertThat(there.get("/page").text()).isNotEqualTo(beforeThere));
        } finally {
            Sync.get(own.close());
        }
    }
}
