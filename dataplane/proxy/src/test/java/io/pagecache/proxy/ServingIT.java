package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Bypass;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:T22")
@Tag("seed:W48")
class ServingIT {
    @TempDir
    Path directory;

    @Test
    void shouldAnswerTheSecondRequestFromTheStore() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            Received first = stage.visitor.get("/a");
            stage.proxy.clock.advance(Duration.ofSeconds(5));
            Received second = stage.visitor.get("/a");

            assertThat(first.cacheStatus()).startsWith("Pagecache; fwd=uri-miss; fwd-status=200");
            assertThat(second.cacheStatus()).isEqualTo("Pagecache; hit; ttl=55; detail=fresh");
            assertThat(second.text()).isEqualTo(first.text());
            assertThat(second.header("Age")).isEqualTo("5");
            assertThat(second.header("Via")).isEqualTo("1.1 pagecache");
            assertThat(stage.origin.requestsFor("/a")).isEqualTo(1);
        }
    }

    @Test
    void shouldTellTheOriginWhoAsksAndNothingMadeUp() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.trustedProxies = List.of("10.0.0.0/8");
        try (Stage stage = new Stage(directory, plan)) {
            stage.visitor.get(
                    "/a",
                    "Host",
                    "www.example.com",
                    "X-Forwarded-For",
                    "6.6.6.6",
                    "X-Forwarded-Host",
                    "evil.example",
                    "X-Original-URL",
                    "/admin",
                    "Connection",
                    "X-Secret",
                    "X-Secret",
                    "1",
                    "Cookie",
                    "a=1",
                    "If-None-Match",
                    "\"x\"");

            var seen = stage.origin.lastSeen();
            assertThat(seen.header("Host")).isEqualTo("www.example.com");
            assertThat(seen.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
            assertThat(seen.header("X-Forwarded-Host")).isEqualTo("www.example.com");
            assertThat(seen.header("Surrogate-Capability")).contains("Pagecache/1.0");
            assertThat(seen.header("Via")).isEqualTo("1.1 pagecache");
            assertThat(seen.headers().names()).doesNotContain("X-Original-URL", "X-Secret", "Cookie", "If-None-Match");
        }
    }

    @Test
    void shouldNeverShareWhatIsPrivateAndNotQueueForIt() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.on(
                    "/me",
                    request -> request.response()
                            .putHeader("Cache-Control", "private")
                            .end("for " + request.getHeader("X-Who")));

            Received ann = stage.visitor.get("/me", "X-Who", "ann");
            Received bob = stage.visitor.get("/me", "X-Who", "bob");

            assertThat(ann.text()).isEqualTo("for ann");
            assertThat(ann.cacheStatus()).endsWith("detail=private");
            assertThat(bob.text()).isEqualTo("for bob");
            assertThat(stage.origin.requestsFor("/me")).isEqualTo(2);
        }
    }

    @Test
    void shouldPassThroughWhatARuleNeverCaches() throws Exception {
        SamplePlan plan = SamplePlan.plan().rule("account", "/account", SamplePlan::never);
        try (Stage stage = new Stage(directory, plan)) {
            stage.visitor.get("/account/a", "Cookie", "sid=1");
            Received second = stage.visitor.get("/account/a", "Cookie", "sid=1");

            assertThat(second.cacheStatus()).isEqualTo("Pagecache; fwd=bypass; fwd-status=200; detail=rule-never");
            assertThat(stage.origin.lastSeen().header("Cookie")).isEqualTo("sid=1");
            assertThat(stage.origin.requestsFor("/account/a")).isEqualTo(2);
        }
    }

    @Test
    void shouldForgetAPageAfterAPost() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/a");
            Received posted = stage.visitor.post("/a", "x=1");
            Received after = stage.visitor.get("/a");

            assertThat(posted.cacheStatus()).contains("fwd=method").contains("detail=method-not-cacheable");
            assertThat(after.cacheStatus()).contains("fwd=uri-miss");
        }
    }

    @Test
    void shouldCarryARequestBodyToTheOrigin() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.on(
                    "/echo",
                    request ->
                            request.body().onSuccess(body -> request.response().end(body)));
            String large = "0123456789".repeat(100_000);

            Received echoed = stage.visitor.post("/echo", large);

            assertThat(echoed.text()).isEqualTo(large);
        }
    }

    @Test
    void shouldBypassForAClientThatATrustedPeerVouchesFor() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.trustedProxies = List.of("127.0.0.0/8");
        plan.bypass = new Bypass(List.of("192.0.2.0/24"), List.of(), List.of());
        try (Stage stage = new Stage(directory, plan)) {
            stage.visitor.get("/a");

            Received editor = stage.visitor.get("/a", "X-Forwarded-For", "6.6.6.6, 192.0.2.7");
            Received liar = stage.visitor.get("/a", "X-Forwarded-For", "192.0.2.7, 6.6.6.6");

            assertThat(editor.cacheStatus()).contains("detail=bypass-client-ip");
            assertThat(liar.cacheStatus()).contains("hit");
        }
    }

    @Test
    void shouldNotBypassOnAnUntrustedWord() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.bypass = new Bypass(List.of("192.0.2.0/24"), List.of(), List.of());
        try (Stage stage = new Stage(directory, plan)) {
            stage.visitor.get("/a");

            Received reply = stage.visitor.get("/a", "X-Forwarded-For", "192.0.2.7");

            assertThat(reply.cacheStatus()).contains("hit");
        }
    }

    @Test
    void shouldKeyByCookieLanguageAndNamedParameters() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.query = new Behaviour.QueryKey(Behaviour.QueryKey.Mode.ONLY, List.of("page"));
        plan.keyCookies = List.of("theme");
        plan.languages = List.of("en", "de");
        try (Stage stage = new Stage(directory, plan)) {
            stage.visitor.get("/a?page=1&utm=x", "Cookie", "theme=dark", "Accept-Language", "de-AT");

            Received same = stage.visitor.get("/a?utm=y&page=1", "Cookie", "b=2; theme=dark", "Accept-Language", "de");
            Received otherPage = stage.visitor.get("/a?page=2", "Cookie", "theme=dark", "Accept-Language", "de");
            Received otherTheme = stage.visitor.get("/a?page=1", "Cookie", "theme=light", "Accept-Language", "de");
            Received otherLanguage = stage.visitor.get("/a?page=1", "Cookie", "theme=dark", "Accept-Language", "fr");

            assertThat(same.cacheStatus()).contains("hit");
            assertThat(List.of(otherPage, otherTheme, otherLanguage))
                    .allSatisfy(reply -> assertThat(reply.cacheStatus()).contains("fwd=uri-miss"));
            assertThat(stage.origin.seen().getFirst().uri()).isEqualTo("/a?page=1");
        }
    }

    @Test
    void shouldStripControlFieldsFromReplies() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/a", "text", "Surrogate-Key", "x y", "CDN-Cache-Control", "max-age=5");

            Received miss = stage.visitor.get("/a");
            Received hit = stage.visitor.get("/a");

            assertThat(hit.cacheStatus()).contains("hit").contains("ttl=5");
            for (Received reply : List.of(miss, hit)) {
                assertThat(reply.headers().names()).doesNotContain("Surrogate-Key", "CDN-Cache-Control");
            }
        }
    }

    @Test
    void shouldRefuseAnUnknownHost() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.hosts = List.of("www.example.com");
        try (Stage stage = new Stage(directory, plan)) {
            assertThat(stage.visitor.get("/a", "Host", "other.example").status())
                    .isEqualTo(421);
            assertThat(stage.visitor.get("/a", "Host", "www.example.com").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldCountEachRequestOnceAndLogIt() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/private", "text", "Cache-Control", "private");
            stage.visitor.get("/a");
            stage.visitor.get("/a", "User-Agent", "a\"b\tc");
            stage.visitor.get("/private");
            stage.visitor.post("/a", "x");

            org.awaitility.Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(stage.proxy.dataplane().stats().requests())
                                    .isEqualTo(4));
            var stats = stage.proxy.dataplane().stats();
            assertThat(stats.hits()).isEqualTo(1);
            assertThat(stats.misses()).isEqualTo(2);
            assertThat(stats.bypassed()).isEqualTo(1);
            assertThat(stats.originRequests()).isEqualTo(3);
            assertThat(stats.topUncacheable()).singleElement().satisfies(top -> {
                assertThat(top.path()).isEqualTo("/private");
                assertThat(top.reason()).isEqualTo("private");
            });
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(stage.proxy.log().lines())
                            .hasSize(4)
                            .anySatisfy(line -> assertThat(line)
                                    .startsWith("{\"time\":\"2026-11-22T10:00:00Z\",\"client\":\"127.0.0.1\"")
                                    .contains(
                                            "\"outcome\":\"hit\",\"reason\":\"fresh\",\"rule\":\"defaults\",\"age\":0")
                                    .contains("\"user_agent\":\"a\\\"b\\u0009c\"")));
            assertThat(stage.proxy
                            .meters
                            .counter("pagecache.requests", "outcome", "hit", "reason", "fresh", "rule", "defaults")
                            .count())
                    .isEqualTo(1);
        }
    }
}
