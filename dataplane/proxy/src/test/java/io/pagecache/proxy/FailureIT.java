package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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

/** One fetch for many, stale pages, and an origin in trouble. */
@Tag("seed:T14")
@Tag("seed:T16")
@Tag("seed:T45")
@Tag("seed:W1")
class FailureIT {
    @TempDir
    Path directory;

    @Test
    @DisplayName("200 visitors of a cold page are one origin request (HARDENING F2)")
    void shouldFetchAColdPageOnceForTwoHundredVisitors() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            Gate gate = stage.origin.answersWhenOpen("/cold");
            List<Future<Received>> visits = crowd(stage, "/cold", 200);
            gate.awaitFirst();
            await().untilAsserted(() -> assertThat(stage.proxy
                            .meters
                            .get("pagecache.coalesced.waiting")
                            .gauge()
                            .value())
                    .isEqualTo(199));

            gate.open();

            for (Future<Received> visit : visits) {
                assertThat(Sync.get(visit).text()).isEqualTo("/cold #1");
            }
            assertThat(stage.origin.requestsFor("/cold")).isEqualTo(1);
            long collapsed = visits.stream()
                    .filter(visit -> visit.result().cacheStatus().contains("collapsed"))
                    .count();
            assertThat(collapsed).isEqualTo(199);
        }
    }

    @Test
    void shouldLetWaitersAskForThemselvesWhenTheLeadersAnswerIsPrivate() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            Gate gate = stage.origin.answersWhenOpen(
                    "/me",
                    request -> request.response()
                            .putHeader("Cache-Control", "private")
                            .end("for " + request.getHeader("X-Who")));
            List<Future<Received>> visits = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                visits.add(stage.visitor.asks("GET", "/me", null, "X-Who", "v" + i));
            }
            gate.awaitFirst();
            await().until(() -> stage.proxy
                            .meters
                            .get("pagecache.coalesced.waiting")
                            .gauge()
                            .value()
                    == 19);

            gate.open();

            for (int i = 0; i < 20; i++) {
                assertThat(Sync.get(visits.get(i)).text()).isEqualTo("for v" + i);
            }
        }
    }

    @Test
    void shouldCompleteTheFetchOfALeaderWhoHasLeft() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            Gate gate = stage.origin.answersWhenOpen("/cold");
            try (java.net.Socket leaver = new java.net.Socket("127.0.0.1", stage.proxy.port())) {
                leaver.getOutputStream()
                        .write("GET /cold HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
                                .formatted(stage.proxy.port())
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                gate.awaitFirst();
            }
            Future<Received> follower = stage.visitor.asks("GET", "/cold", null);
            await().until(() -> stage.proxy
                            .meters
                            .get("pagecache.coalesced.waiting")
                            .gauge()
                            .value()
                    == 1);

            gate.open();

            assertThat(Sync.get(follower).text()).isEqualTo("/cold #1");
            assertThat(stage.origin.requestsFor("/cold")).isEqualTo(1);
        }
    }

    @Test
    void shouldAskAloneAfterWaitingTooLong() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.coalesceMaxWait = Duration.ofMillis(50);
        try (Stage stage = new Stage(directory, plan)) {
            Gate gate = stage.origin.answersWhenOpen("/cold");
            List<Future<Received>> visits = crowd(stage, "/cold", 2);

            await().until(() -> stage.origin.requestsFor("/cold") == 2);
            gate.open();

            assertThat(visits.stream().map(Sync::get).map(Received::cacheStatus))
                    .anyMatch(status -> status.contains("coalesce-wait-exceeded"));
        }
    }

    @Test
    @DisplayName("stale-while-revalidate: readers do not wait, one fetch refreshes (RFC 5861 section 3)")
    void shouldServeStaleWhileOneFetchRefreshes() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/a");
            Gate gate = stage.origin.answersWhenOpen("/a");
            stage.proxy.clock.advance(Duration.ofSeconds(70));

            List<Received> stale = List.of(stage.visitor.get("/a"), stage.visitor.get("/a"), stage.visitor.get("/a"));
            gate.open();
            await().untilAsserted(
                            () -> assertThat(stage.visitor.get("/a").text()).isEqualTo("/a #2"));

            assertThat(stale).allSatisfy(reply -> {
                assertThat(reply.text()).isEqualTo("/a #1");
                assertThat(reply.cacheStatus()).isEqualTo("Pagecache; hit; ttl=-10; detail=stale-while-revalidate");
            });
            assertThat(stage.origin.requestsFor("/a")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("a page that still holds is renewed by 304 (RFC 9111 section 4.3.4)")
    void shouldRenewAPageByA304() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.staleWhileRevalidate = Duration.ZERO;
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.on("/tagged", request -> {
                if ("\"v1\"".equals(request.getHeader("If-None-Match"))) {
                    request.response()
                            .setStatusCode(304)
                            .putHeader("ETag", "\"v1\"")
                            .end();
                } else {
                    request.response().putHeader("ETag", "\"v1\"").end("text");
                }
            });
            stage.visitor.get("/tagged");
            stage.proxy.clock.advance(Duration.ofSeconds(70));

            Received revalidated = stage.visitor.get("/tagged");
            Received hit = stage.visitor.get("/tagged");

            assertThat(revalidated.text()).isEqualTo("text");
            assertThat(revalidated.cacheStatus())
                    .isEqualTo("Pagecache; fwd=stale; fwd-status=304; ttl=60; stored; detail=revalidated");
            assertThat(hit.cacheStatus()).contains("hit");
            assertThat(stage.origin.requestsFor("/tagged")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("stale-if-error: never an error while a good copy exists (RFC 5861 section 4)")
    void shouldServeStaleWhenTheOriginIsDown() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/a");
            stage.proxy.clock.advance(Duration.ofMinutes(10));
            stage.origin.goDown();

            Received stale = stage.visitor.get("/a");
            Received unknown = stage.visitor.get("/b");

            assertThat(stale.status()).isEqualTo(200);
            assertThat(stale.text()).isEqualTo("/a #1");
            assertThat(stale.cacheStatus()).contains("detail=stale-if-error");
            assertThat(unknown.status()).isEqualTo(502);
            assertThat(unknown.cacheStatus()).isEqualTo("Pagecache; detail=origin-unreachable");
        }
    }

    @Test
    void shouldServeStaleInPlaceOfA503AndGoBackToNormalAfterwards() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/a");
            stage.proxy.clock.advance(Duration.ofMinutes(10));
            stage.origin.answersStatus("/a", 503);

            Received during = stage.visitor.get("/a");
            stage.origin.answers("/a", "new");
            Received after = stage.visitor.get("/a");

            assertThat(during.text()).isEqualTo("/a #1");
            assertThat(after.text()).isEqualTo("new");
        }
    }

    @Test
    void shouldPassOnAnErrorWhenNothingIsStoredAndNotKeepIt() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answersStatus("/broken", 500);

            Received first = stage.visitor.get("/broken");
            stage.origin.answers("/broken", "fine");
            Received second = stage.visitor.get("/broken");

            assertThat(first.status()).isEqualTo(500);
            assertThat(second.text()).isEqualTo("fine");
        }
    }

    @Test
    @DisplayName("a body that breaks off is never stored and never looks complete (HARDENING B5)")
    void shouldNotStoreAShortBody() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.breaksOff("/short");

            assertThatThrownBy(() -> stage.visitor.get("/short")).isInstanceOf(IllegalStateException.class);
            stage.origin.answers("/short", "whole");
            Received next = stage.visitor.get("/short");

            assertThat(next.text()).isEqualTo("whole");
            assertThat(next.cacheStatus()).contains("fwd=uri-miss");
        }
    }

    @Test
    void shouldNotReplaceAGoodPageByAShortOneInTheBackground() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/a");
            stage.origin.breaksOff("/a");
            stage.proxy.clock.advance(Duration.ofSeconds(70));

            stage.visitor.get("/a");
            await().until(() -> stage.origin.requestsFor("/a") == 2);

            assertThat(stage.visitor.get("/a").text()).isEqualTo("/a #1");
        }
    }

    @Test
    void shouldAnswer504WhenTheOriginTakesTooLong() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.firstByte = Duration.ofMillis(100);
        try (Stage stage = new Stage(directory, plan)) {
            Gate gate = stage.origin.answersWhenOpen("/slow");

            Received reply = stage.visitor.get("/slow");
            gate.open();

            assertThat(reply.status()).isEqualTo(504);
            assertThat(reply.cacheStatus()).contains("origin-timeout");
        }
    }

    @Test
    void shouldShedWhatTheOriginCannotTake() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.maxConnections = 1;
        plan.firstByte = Duration.ofSeconds(20);
        try (Stage stage = new Stage(directory, plan)) {
            Gate gate = stage.origin.answersWhenOpen("/held");
            List<Future<Received>> visits = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                visits.add(stage.visitor.asks("GET", "/held?" + i, null));
            }

            await().until(() -> visits.stream().anyMatch(Future::isComplete));
            Received shed = visits.stream()
                    .filter(Future::isComplete)
                    .findFirst()
                    .orElseThrow()
                    .result();
            gate.open();

            assertThat(shed.status()).isEqualTo(503);
            assertThat(shed.header("Retry-After")).isNotBlank();
        }
    }

    @Test
    void shouldServeAgainOnceAnOriginThatWasDownAtTheStartComesUp() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.goDown();
            Received down = stage.visitor.get("/a");
            boolean ready = stage.proxy.dataplane().isReady();

            stage.origin.comeBack();

            assertThat(down.status()).isEqualTo(502);
            assertThat(ready).isTrue();
            assertThat(stage.visitor.get("/a").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("visitors who break off their uploads cannot have the origin taken for broken")
    void shouldNotBlameTheOriginForClientsThatLeave() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.on(
                    "/up",
                    request ->
                            request.body().onSuccess(all -> request.response().end("thanks")));
            stage.visitor.get("/page");
            stage.proxy.clock.advance(Duration.ofSeconds(120));

            for (int i = 1; i <= 4; i++) {
                int uploads = i;
                try (java.net.Socket leaver = new java.net.Socket("127.0.0.1", stage.proxy.port())) {
                    leaver.getOutputStream()
                            .write("POST /up HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1000\r\n\r\nhalf"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    await().until(() -> stage.origin.requestsFor("/up") == uploads);
                }
            }
            await().until(() -> stage.proxy.dataplane().underWay().count() == 0);

            assertThat(stage.proxy.dataplane().state().originFailingSince()).isNull();
            assertThat(stage.visitor.get("/page").cacheStatus()).contains("fwd=stale");
        }
    }

    private static List<Future<Received>> crowd(Stage stage, String target, int size) {
        List<Future<Received>> visits = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            visits.add(stage.visitor.asks("GET", target, null));
        }
        return visits;
    }
}
