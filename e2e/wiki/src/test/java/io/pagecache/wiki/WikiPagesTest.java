package io.pagecache.wiki;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WikiPagesTest {
    private WikiUnderTest wiki;

    @BeforeAll
    void start() {
        wiki = new WikiUnderTest(Duration.ZERO, false);
    }

    @AfterAll
    void stop() {
        wiki.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/wiki/Lighthouse", "/wiki/Slow", "/live", "/login", "/logout", "/edit/Lighthouse"})
    void shouldNumberEveryBuild(String path) {
        long before = build(wiki.get(path));

        long after = build(wiki.get(path));

        assertThat(after).isGreaterThan(before);
    }

    @Test
    void shouldInviteTheGroupOfItsExperiment() {
        assertThat(wiki.get("/", "Pagecache-Experiment-hero", "b").body()).contains("hero invites", "Come in");
        assertThat(wiki.get("/", "Pagecache-Experiment-hero", "a").body()).doesNotContain("invites", "Come in");
        assertThat(header(wiki.get("/"), "Pagecache-Experiments")).isEqualTo("hero");
    }

    @Test
    void shouldOfferArticlesToSharedCachesThatFillElements() {
        HttpResponse<String> page = wiki.get("/wiki/Lighthouse", WikiUnderTest.CACHE_IN_FRONT);

        assertThat(page.body()).contains("<!--pc:element greeting-->").doesNotContain("href=\"/login\"");
        assertThat(header(page, "Cache-Control")).isEqualTo("public");
        assertThat(header(page, "Surrogate-Control")).isEqualTo("content=\"Pagecache/1.0\"");
        assertThat(header(page, "Surrogate-Key")).isEqualTo("article-Lighthouse articles");
        assertThat(header(page, "Vary")).isEqualTo("Accept-Language");
        assertThat(header(page, "Last-Modified")).endsWith("GMT");
        assertThat(header(page, "ETag")).isEqualTo("W/\"Lighthouse-1-en\"");
    }

    @Test
    void shouldGreetByItselfWithoutSuchCache() {
        HttpResponse<String> page = wiki.get("/wiki/Lighthouse", "Cookie", "user=Ada");

        assertThat(page.body()).contains("Hello, <strong>Ada</strong>").doesNotContain("<!--pc:");
        assertThat(header(page, "Cache-Control")).isEqualTo("private, no-cache");
        assertThat(page.headers().firstValue("Surrogate-Control")).isEmpty();
    }

    @Test
    void shouldGreetByItselfWhenTheCacheFillsNoElements() {
        HttpResponse<String> page = wiki.get("/wiki/Lighthouse", "Surrogate-Capability", "edge=\"ESI/1.0\"");

        assertThat(page.body()).contains("href=\"/login\"").doesNotContain("<!--pc:");
    }

    @Test
    void shouldLeaveTheFragmentToACacheThatJoinsIt() {
        HttpResponse<String> page = wiki.get("/news", WikiUnderTest.CACHE_IN_FRONT);
        HttpResponse<String> fragment = wiki.get("/news/recent", WikiUnderTest.CACHE_IN_FRONT);

        assertThat(page.body()).contains("<esi:include src=\"/news/recent\"").doesNotContain("id=\"recent\"");
        assertThat(header(page, "Surrogate-Control")).isEqualTo("content=\"Pagecache/1.0 ESI/1.0\"");
        assertThat(fragment.body())
                .contains("id=\"recent\"", "<li><a href=\"/wiki/")
                .doesNotContain("<html");
        assertThat(header(fragment, "Surrogate-Key")).isEqualTo("recent");
    }

    @Test
    void shouldShowTheFragmentByItselfWithoutSuchCache() {
        HttpResponse<String> page = wiki.get("/news");

        assertThat(page.body())
                .contains("id=\"recent\"", "<li><a href=\"/wiki/")
                .doesNotContain("<esi:");
    }

    @Test
    void shouldEscapeTheNameItGreets() {
        HttpResponse<String> page = wiki.get("/wiki/Lighthouse", "Cookie", "user=%3Cb%3E");

        assertThat(page.body()).contains("<strong>&lt;b&gt;</strong>");
    }

    @ParameterizedTest
    @CsvSource({"de,de,greeting-de,Bearbeiten", "'fr-CH,en;q=0.5',fr,greeting-fr,Modifier", "es,en,greeting,Edit"})
    void shouldSpeakTheReadersLanguage(String accepted, String language, String element, String word) {
        HttpResponse<String> page = wiki.get(
                "/wiki/Tides",
                "Accept-Language",
                accepted,
                WikiUnderTest.CACHE_IN_FRONT[0],
                WikiUnderTest.CACHE_IN_FRONT[1]);

        assertThat(header(page, "Content-Language")).isEqualTo(language);
        assertThat(page.body()).contains("<html lang=\"" + language, "<!--pc:element " + element + "-->", word);
    }

    @Test
    void shouldConfirmAnUnchangedArticle() {
        String[] conditional = {
            WikiUnderTest.CACHE_IN_FRONT[0], WikiUnderTest.CACHE_IN_FRONT[1], "If-None-Match", "W/\"Tides-1-en\""
        };

        HttpResponse<String> answer = wiki.get("/wiki/Tides", conditional);

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(header(answer, "ETag")).isEqualTo("W/\"Tides-1-en\"");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void shouldOfferToWriteMissingArticles() {
        HttpResponse<String> page = wiki.get("/wiki/Kraken", WikiUnderTest.CACHE_IN_FRONT);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("href=\"/edit/Kraken\"");
        assertThat(header(page, "Surrogate-Key")).isEqualTo("article-Kraken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/wiki/", "/wiki/a/b", "/wiki/%3Cscript%3E", "/static/../policy.yaml"})
    void shouldKnowNoOtherPages(String path) {
        HttpResponse<String> page = wiki.get(path);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).doesNotContain("<script>");
    }

    @Test
    void shouldAnswerHeadWithoutBody() {
        HttpResponse<String> head = wiki.send("HEAD", "/wiki/Lighthouse");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void shouldNameTheMethodsOfAPage() {
        HttpResponse<String> answer = wiki.send("PUT", "/edit/Lighthouse");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD, POST");
    }

    @Test
    void shouldForbidStoringTheLivePageWithoutAsking() {
        HttpResponse<String> page = wiki.get("/live");

        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void shouldStreamBigPages() {
        HttpResponse<String> page = wiki.get("/big?mib=3");

        assertThat(page.body())
                .hasSize(3 * 1024 * 1024)
                .startsWith("000000000000 ~")
                .endsWith("~\n");
        assertThat(page.headers().firstValue("Content-Length")).isEmpty();
    }

    @Test
    void shouldRefuseSizesOutOfRange() {
        HttpResponse<String> page = wiki.get("/big?mib=0");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("mib is '0'", "1 to 1024");
    }

    @Test
    void shouldEchoOnTheWebSocket() throws Exception {
        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                echo.complete(text.toString());
                return CompletableFuture.completedFuture(null);
            }
        };
        WebSocket socket = wiki.client()
                .newWebSocketBuilder()
                .buildAsync(java.net.URI.create(wiki.url("/ws").toString().replace("http:", "ws:")), listener)
                .get(10, TimeUnit.SECONDS);

        socket.sendText("ahoy", true).get(10, TimeUnit.SECONDS);

        assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo("ahoy");
        socket.abort();
    }

    @Test
    void shouldSayWhatTheWebSocketExpects() {
        assertThat(wiki.get("/ws").statusCode()).isEqualTo(426);
    }

    @Test
    void shouldServeItsStyleSheetWithValidator() {
        HttpResponse<String> first = wiki.get("/static/style.css");

        HttpResponse<String> second = wiki.get("/static/style.css", "If-None-Match", header(first, "ETag"));

        assertThat(header(first, "Content-Type")).startsWith("text/css");
        assertThat(header(first, "Cache-Control")).isEqualTo("public, max-age=300");
        assertThat(second.statusCode()).isEqualTo(304);
    }

    @Test
    void shouldNotFailOnRequestUnlessFaultsAreAllowed() {
        HttpResponse<String> answer = wiki.get("/fail?on");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(wiki.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBeHealthy() {
        assertThat(wiki.get("/healthz").body()).isEqualTo("ok\n");
    }

    @Test
    void shouldTakeItsTimeForTheSlowPage() throws Exception {
        Duration slow = Duration.ofMillis(300);
        try (WikiUnderTest slowWiki = new WikiUnderTest(slow, false)) {
            long begun = System.nanoTime();

            slowWiki.client()
                    .send(
                            java.net.http.HttpRequest.newBuilder(slowWiki.url("/wiki/Slow"))
                                    .build(),
                            BodyHandlers.discarding());

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(slow);
        }
    }

    private static long build(HttpResponse<String> page) {
        return Long.parseLong(header(page, "Wiki-Build"));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("(none)");
    }
}
