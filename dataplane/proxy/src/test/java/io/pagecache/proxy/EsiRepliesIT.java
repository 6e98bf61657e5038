package io.pagecache.proxy;

import static io.pagecache.proxy.EsiPages.HTML;
import static io.pagecache.proxy.EsiPages.page;
import static io.pagecache.proxy.EsiPages.surrogate;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import io.pagecache.plan.Variants;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers of joined pages are told, and how fresh what they get is. */
@Tag("seed:W29")
@Tag("seed:T30")
class EsiRepliesIT {
    @TempDir
    Path directory;

    @Test
    @Tag("seed:W29")
    @DisplayName("W29: the page lives as long as the shortest-lived of its fragments")
    void shouldTellReadersTheShortestLifetime() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "<esi:include src=\"/a\"/><esi:include src=\"/b\"/>", "Cache-Control", "max-age=600");
            stage.origin.answers("/a", "[A]", "Content-Type", HTML, "Cache-Control", "max-age=30");
            stage.origin.answers("/b", "[B]", "Content-Type", HTML, "Cache-Control", "max-age=300");
            Received first = stage.visitor.get("/p");

            stage.proxy.clock.advance(Duration.ofSeconds(10));
            Received later = stage.visitor.get("/p");

            assertThat(first.header("Cache-Control")).isEqualTo("max-age=30");
            assertThat(later.header("Cache-Control")).isEqualTo("max-age=20");
            assertThat(later.header("Age")).isEqualTo("0");
        }
    }

    @Test
    void shouldRefreshEachFragmentInItsOwnTime() throws Exception {
        SamplePlan plan = surrogate();
        plan.staleWhileRevalidate = Duration.ZERO;
        try (Stage stage = new Stage(directory, plan)) {
            page(stage, "/p", "<esi:include src=\"/a\"/><esi:include src=\"/b\"/>", "Cache-Control", "max-age=600");
            stage.origin.answers("/a", "[A]", "Cache-Control", "max-age=30");
            stage.origin.answers("/b", "[B]", "Cache-Control", "max-age=300");
            stage.visitor.get("/p");
            stage.origin.answers("/a", "[A2]", "Cache-Control", "max-age=30");

            stage.proxy.clock.advance(Duration.ofSeconds(31));

            assertThat(stage.visitor.get("/p").text()).isEqualTo("[A2][B]");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(1);
            assertThat(stage.origin.requestsFor("/a")).isEqualTo(2);
            assertThat(stage.origin.requestsFor("/b")).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepAFragmentForTheTimeThePageNames() throws Exception {
        SamplePlan plan = surrogate();
        plan.ttl = null;
        plan.staleWhileRevalidate = Duration.ZERO;
        try (Stage stage = new Stage(directory, plan)) {
            page(stage, "/p", "<esi:include src=\"/a\" ttl=\"2m\"/>", "Cache-Control", "max-age=600");
            stage.origin.answers("/a", "[A]", "Content-Type", HTML);
            stage.visitor.get("/p");

            stage.proxy.clock.advance(Duration.ofSeconds(119));
            stage.visitor.get("/p");
            long within = stage.origin.requestsFor("/a");
            stage.proxy.clock.advance(Duration.ofSeconds(2));
            stage.visitor.get("/p");

            assertThat(within).isEqualTo(1);
            assertThat(stage.origin.requestsFor("/a")).isEqualTo(2);
        }
    }

    @Test
    void shouldTakeNoOlderCopyThanThePageNames() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "<esi:include src=\"/a\" max-age=\"10\"/>", "Cache-Control", "max-age=600");
            stage.origin.answers("/a", "[A]", "Cache-Control", "max-age=600");
            stage.visitor.get("/p");
            stage.origin.answers("/a", "[A2]", "Cache-Control", "max-age=600");

            stage.proxy.clock.advance(Duration.ofSeconds(9));
            String young = stage.visitor.get("/p").text();
            stage.proxy.clock.advance(Duration.ofSeconds(2));
            String old = stage.visitor.get("/p").text();

            assertThat(young).isEqualTo("[A]");
            assertThat(old).isEqualTo("[A2]");
        }
    }

    @Test
    @DisplayName("E21: a private fragment makes the page private")
    void shouldKeepAPageWithAPrivateFragmentToItsReader() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            for (String word : List.of("private, max-age=60", "no-store")) {
                String fragment = "/" + word.substring(0, 7);
                page(stage, "/p" + fragment, "<esi:include src=\"" + fragment + "\"/>", "Cache-Control", "max-age=60");
                stage.origin.on(
                        fragment,
                        request -> request.response()
                                .putHeader("Cache-Control", word)
                                .end("for " + request.getHeader("X-Reader")));

                Received ann = stage.visitor.get("/p" + fragment, "X-Reader", "Ann");
                Received bob = stage.visitor.get("/p" + fragment, "X-Reader", "Bob");

                assertThat(ann.text()).isEqualTo("for Ann");
                assertThat(bob.text()).isEqualTo("for Bob");
                assertThat(bob.header("Cache-Control")).startsWith("private");
                assertThat(stage.origin.requestsFor("/p" + fragment)).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("E21: a fragment that sets a cookie makes the page private, and its cookie stays behind")
    void shouldKeepAPageWithACookieSettingFragmentToItsReader() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "<esi:include src=\"/c\"/>", "Cache-Control", "max-age=60");
            stage.origin.answers("/c", "[C]", "Set-Cookie", "a=b", "Cache-Control", "max-age=60");

            Received first = stage.visitor.get("/p");
            Received second = stage.visitor.get("/p");

            assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(second.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(second.header("Set-Cookie")).isNull();
            assertThat(stage.origin.requestsFor("/c")).isEqualTo(2);
        }
    }

    @Test
    void shouldAnswerConditionsAndHeadsOnTheJoinedPage() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(
                    stage,
                    "/p",
                    "1<esi:include src=\"/a\"/>",
                    "Cache-Control",
                    "max-age=600",
                    "ETag",
                    "\"source\"",
                    "Last-Modified",
                    "Sun, 22 Nov 2020 10:00:00 GMT");
            stage.origin.answers("/a", "[A]", "Cache-Control", "max-age=30");
            Received first = stage.visitor.get("/p");
            String tag = first.header("ETag");

            Received again = stage.visitor.get("/p", "If-None-Match", tag);
            Received source = stage.visitor.get("/p", "If-None-Match", "\"source\"");
            Received since = stage.visitor.get("/p", "If-Modified-Since", "Sun, 22 Nov 2020 10:00:00 GMT");
            Received head = stage.visitor.head("/p");
            Received part = stage.visitor.get("/p", "Range", "bytes=0-0");

            assertThat(tag).isNotEqualTo("\"source\"");
            assertThat(first.header("Last-Modified")).isNull();
            assertThat(again.status()).isEqualTo(304);
            assertThat(source.text()).isEqualTo("1[A]");
            assertThat(since.text()).isEqualTo("1[A]");
            assertThat(head.header("Content-Length")).isEqualTo("4");
            assertThat(head.header("ETag")).isEqualTo(tag);
            assertThat(part.text()).isIn("1[A]", "1");
            assertThat(stage.origin.requestsFor("/a")).isEqualTo(1);
        }
    }

    @Test
    void shouldGetTheWholeFragmentHoweverThePageWasAskedFor() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "<esi:include src=\"/a\"/><esi:include src=\"/b\"/>");
            stage.origin.answers("/a", "0123456789", "Cache-Control", "max-age=30", "ETag", "\"a\"");

            Received head =
                    stage.visitor.head("/p", "Range", "bytes=0-1", "If-None-Match", "\"a\"", "Accept-Encoding", "gzip");

            assertThat(head.status()).isEqualTo(200);
            assertThat(stage.visitor.get("/a").text()).isEqualTo("0123456789");
            assertThat(stage.origin.requestsFor("/a")).isEqualTo(1);
        }
    }

    @Test
    void shouldShowAPurgeOfAFragmentAtOnce() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "<esi:include src=\"/a\"/>", "Cache-Control", "max-age=600");
            stage.origin.answers("/a", "[A]", "Cache-Control", "max-age=600", "Surrogate-Key", "news");
            stage.visitor.get("/p");
            stage.origin.answers("/a", "[A2]", "Cache-Control", "max-age=600", "Surrogate-Key", "news");
            String before = stage.visitor.get("/p").text();

            stage.proxy.write(
                    PurgeLedger.EMPTY.append("t1", PurgeMode.HARD, List.of(new PurgeScope.Tag("news")), Instant.EPOCH));
            Awaitility.await().until(() -> stage.proxy.dataplane().state().purgeSequence() == 1);

            assertThat(before).isEqualTo("[A]");
            assertThat(stage.visitor.get("/p").text()).isEqualTo("[A2]");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a page and its fragments see a reader in the same group, and the reader stays in it")
    void shouldKeepReadersInTheGroupThatAFragmentDependsOn() throws Exception {
        SamplePlan plan = surrogate();
        plan.cookies = new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.FORWARD, List.of());
        plan.variants = new Variants(
                List.of(new Variants.Experiment(
                        "hero", "ab", List.of(new Variants.Group("a", 50), new Variants.Group("b", 50)))),
                null);
        try (Stage stage = new Stage(directory, plan)) {
            page(stage, "/p", "<esi:include src=\"/hero\"/>", "Cache-Control", "public, max-age=60");
            stage.origin.on(
                    "/hero",
                    request -> request.response()
                            .putHeader("Cache-Control", "public, max-age=60")
                            .putHeader("Pagecache-Experiments", "hero")
                            .end("hero " + request.getHeader("Pagecache-Experiment-hero")));
            stage.proxy.chance.set(0.9);

            Received newcomer = stage.visitor.get("/p");
            Received known = stage.visitor.get("/p", "Cookie", "ab=a");

            assertThat(newcomer.text()).isEqualTo("hero b");
            assertThat(newcomer.header("Set-Cookie")).startsWith("ab=b;");
            assertThat(newcomer.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(known.text()).isEqualTo("hero a");
            assertThat(known.header("Set-Cookie")).isNull();
            assertThat(known.header("Vary")).contains("Cookie");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(1);
        }
    }

    private static String text(io.vertx.core.Future<Received> reply) throws Exception {
        return reply.toCompletionStage()
                .toCompletableFuture()
                .get(20, java.util.concurrent.TimeUnit.SECONDS)
                .text();
    }
}
