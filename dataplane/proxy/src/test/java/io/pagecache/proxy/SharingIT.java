package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin.Gate;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may share a page, and who a fetch. */
@Tag("seed:T36")
class SharingIT {
    @TempDir
    Path directory;

    @Test
    @DisplayName("Vary: Cookie tells nobody apart when cookies do not reach the origin")
    void shouldShareAPageThatVariesByCookiesTheOriginNeverSaw() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/v", "same for all", "Vary", "Cookie");

            stage.visitor.get("/v", "Cookie", "sid=1");
            Received other = stage.visitor.get("/v", "Cookie", "sid=2");

            assertThat(other.cacheStatus()).contains("hit");
            assertThat(stage.origin.requestsFor("/v")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("who finds nothing just before the page is stored, and leads just after, does not fetch it again")
    void shouldFetchOnceHoweverTheCrowdMeetsTheEndOfTheFetch() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            for (int round = 0; round < 40; round++) {
                String page = "/at-once/" + round;
                stage.origin.answers(page, "quick");
                List<Future<Received>> visits = new ArrayList<>();
                for (int visit = 0; visit < 40; visit++) {
                    visits.add(stage.visitor.asks("GET", page, null));
                }
                Sync.get(Future.all(visits));

                assertThat(stage.origin.requestsFor(page)).as(page).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldShareAPageAmongAllWhoNegotiateTheSameLanguage() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.languages = List.of("en", "de");
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.answers("/v", "english", "Vary", "Accept-Language");

            stage.visitor.get("/v", "Accept-Language", "en-GB, en;q=0.7");
            Received other = stage.visitor.get("/v", "Accept-Language", "en-US, fr;q=0.7");

            assertThat(other.cacheStatus()).contains("hit");
        }
    }

    @Test
    @DisplayName("a page that varies by what the proxy itself tells the origin is for that client only")
    void shouldNotShareAPageThatVariesByClientAddress() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.trustedProxies = List.of("127.0.0.0/8");
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.on(
                    "/v",
                    request -> request.response()
                            .putHeader("Vary", "Forwarded")
                            .end("for " + request.getHeader("Forwarded")));

            stage.visitor.get("/v", "X-Forwarded-For", "192.0.2.1");
            Received other = stage.visitor.get("/v", "X-Forwarded-For", "192.0.2.2");

            assertThat(other.text()).contains("192.0.2.2");
        }
    }

    @Test
    void shouldFetchEachVariantOnceForACrowdOnAColdPage() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            Gate gate = stage.origin.answersWhenOpen(
                    "/v",
                    request ->
                            request.response().putHeader("Vary", "X-Theme").end("in " + request.getHeader("X-Theme")));
            List<Future<Received>> visits = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                visits.add(stage.visitor.asks("GET", "/v", null, "X-Theme", "t" + i % 3));
            }
            awaitWaiting(stage, 59);

            gate.open();

            for (int i = 0; i < 60; i++) {
                assertThat(Sync.get(visits.get(i)).text()).isEqualTo("in t" + i % 3);
            }
            assertThat(stage.origin.requestsFor("/v")).isEqualTo(3);
        }
    }

    @Test
    void shouldFetchOnceMoreForACrowdThatAPurgeOvertakes() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            Gate gate = stage.origin.answersWhenOpen("/v");
            List<Future<Received>> visits = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                visits.add(stage.visitor.asks("GET", "/v", null));
            }
            awaitWaiting(stage, 59);
            PurgeOrder all =
                    new PurgeOrder(1, "t", PurgeMode.HARD, List.of(new PurgeScope.All()), stage.proxy.clock.instant());
            stage.proxy.write(new PurgeLedger(1, List.of(all)));
            await().until(() -> stage.proxy.dataplane().state().purgeSequence() == 1);

            gate.open();

            for (Future<Received> visit : visits) {
                assertThat(Sync.get(visit).status()).isEqualTo(200);
            }
            assertThat(stage.origin.requestsFor("/v")).isEqualTo(2);
        }
    }

    @Test
    void shouldNotQueueForAPageThatCannotBeKeptAnyMore() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/v");
            stage.proxy.clock.advance(Duration.ofSeconds(120));
            stage.origin.answers("/v", "mine", "Cache-Control", "no-store");
            stage.visitor.get("/v");
            Gate gate = stage.origin.answersWhenOpen(
                    "/v",
                    request -> request.response()
                            .putHeader("Cache-Control", "no-store")
                            .end("mine"));

            List<Future<Received>> visits = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                visits.add(stage.visitor.asks("GET", "/v", null));
            }

            await().until(() -> stage.origin.requestsFor("/v") == 7);
            gate.open();
            for (Future<Received> visit : visits) {
                assertThat(Sync.get(visit).text()).isEqualTo("mine");
            }
        }
    }

    private static void awaitWaiting(Stage stage, int visitors) {
        await().until(() ->
                stage.proxy.meters.get("pagecache.coalesced.waiting").gauge().value() == visitors);
    }
}
