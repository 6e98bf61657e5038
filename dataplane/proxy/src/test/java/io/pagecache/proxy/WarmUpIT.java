package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.WarmUpOrder;
import io.pagecache.plan.WarmUpOrder.Crawl;
import io.pagecache.plan.WarmUpOrder.Variant;
import io.pagecache.plan.WarmUpProgress;
import io.pagecache.plan.WarmUpProgress.State;
import io.pagecache.proxy.actors.Proxy;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin.Gate;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.pagecache.proxy.reload.WireJson;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:W20")
@Tag("seed:W38")
class WarmUpIT {
    private static final String[] TOKEN = {"Authorization", "Bearer " + Proxy.TOKEN};
    private static final String HOST = "www.example.com";

    @TempDir
    Path directory;

    private Stage stage;

    @BeforeEach
    void open() {
        SamplePlan plan = SamplePlan.plan();
        plan.languages = List.of("en", "de");
        stage = new Stage(directory, plan);
        stage.origin.answersStatus("/robots.txt", 404);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    private static WarmUpOrder urls(String id, String... urls) {
        return order(id, List.of(urls), null, null);
    }

    private static WarmUpOrder order(String id, List<String> urls, String sitemap, Crawl crawl) {
        return new WarmUpOrder(
                id, "http://" + HOST, urls, sitemap, crawl, List.of("/search"), List.of(Variant.PLAIN), 500, 100);
    }

    private Received send(WarmUpOrder order) {
        return stage.operator.sends(
                "POST", "/v1/warm-up", new String(WireJson.write(order), StandardCharsets.UTF_8), TOKEN);
    }

    private WarmUpProgress progress() {
        return WireJson.read(stage.operator.get("/v1/state", TOKEN).body().getBytes(), ProxyState.class)
                .warmUp();
    }

    private WarmUpProgress finished(String id) {
        await().until(() -> progress().id().equals(id) && progress().state() != State.RUNNING);
        return progress();
    }

    private String firstVisit(String target) {
        return stage.visitor.get(target, "Host", HOST).cacheStatus();
    }

    @Test
    @DisplayName("W20 Pages of a list are in the cache before the first reader comes")
    void shouldFetchAListOfPages() {
        assertThat(send(urls("w1", "/a", "/b?x=1", "/search/never")).status()).isEqualTo(200);

        WarmUpProgress end = finished("w1");

        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(end.total()).isEqualTo(2);
        assertThat(end.done()).isEqualTo(2);
        assertThat(end.failed()).isZero();
        assertThat(firstVisit("/a")).contains("hit");
        assertThat(firstVisit("/b?x=1")).contains("hit");
        assertThat(stage.origin.requestsFor("/search/never")).isZero();
    }

    @Test
    @DisplayName("W20 A page is warm with its fragments, and no view of it is counted")
    void shouldFetchTheFragmentsOfAPage() throws Exception {
        stage.close();
        SamplePlan plan = SamplePlan.plan();
        plan.esi = Behaviour.Esi.ON;
        stage = new Stage(directory, plan);
        stage.origin.answersStatus("/robots.txt", 404);
        stage.origin.answers("/page", "1<esi:include src=\"/box\"/>2", "Content-Type", "text/html");
        stage.origin.answers("/box", "[<esi:include src=\"/inner\"/>]", "Content-Type", "text/html");
        stage.origin.answers("/inner", "deep", "Content-Type", "text/html");

        send(urls("w1", "/page"));
        WarmUpProgress end = finished("w1");
        long asked = stage.origin.seen().size();
        Received page = stage.visitor.get("/page", "Host", HOST);

        assertThat(end.done()).isEqualTo(1);
        assertThat(page.text()).isEqualTo("1[deep]2");
        assertThat(page.cacheStatus()).contains("hit");
        assertThat(stage.origin.seen()).hasSize((int) asked);
        assertThat(stage.origin.requestsFor("/inner")).isEqualTo(1);
    }

    @Test
    void shouldNotBeginTheSameOrderTwice() {
        send(urls("w1", "/a"));
        WarmUpProgress first = finished("w1");

        send(urls("w1", "/a"));

        assertThat(finished("w1").startedAt()).isEqualTo(first.startedAt());
        assertThat(stage.origin.requestsFor("/a")).isEqualTo(1);
    }

    @Test
    void shouldLeaveFreshPagesAlone() {
        stage.visitor.get("/a", "Host", HOST);

        send(urls("w1", "/a"));

        assertThat(finished("w1").done()).isEqualTo(1);
        assertThat(stage.origin.requestsFor("/a")).isEqualTo(1);
    }

    @Test
    void shouldFollowSitemapsWithinTheSite() throws IOException {
        stage.origin.answers(
                "/sitemap.xml",
                "<sitemapindex><sitemap><loc>http://%1$s/pages.xml.gz</loc></sitemap>".formatted(HOST)
                        + "<sitemap><loc>http://elsewhere.test/x.xml</loc></sitemap></sitemapindex>",
                "Content-Type",
                "application/xml",
                "Cache-Control",
                "no-store");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("<urlset><url><loc>http://%s/from-map</loc></url></urlset>"
                    .formatted(HOST)
                    .getBytes(StandardCharsets.UTF_8));
        }
        stage.origin.on(
                "/pages.xml.gz",
                request -> request.response()
                        .putHeader("Content-Type", "application/gzip")
                        .end(Buffer.buffer(zipped.toByteArray())));

        send(order("w1", List.of(), "/sitemap.xml", null));

        assertThat(finished("w1").done()).isEqualTo(1);
        assertThat(firstVisit("/from-map")).contains("hit");
    }

    @Test
    void shouldSayWhatIsWrongWithASitemap() {
        stage.origin.answersStatus("/sitemap.xml", 404);

        send(order("w1", List.of("/a"), "/sitemap.xml", null));

        WarmUpProgress end = finished("w1");
        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(end.problem()).isEqualTo("sitemap /sitemap.xml: answered with status 404");
        assertThat(end.done()).isEqualTo(1);
    }

    @Test
    void shouldFollowLinksToTheDepthAskedFor() {
        html("/", "<a href=/one>");
        html("/one", "<a href=/two><a href=/search?q=1><a href=http://other.test/>");
        html("/two", "<a href=/three>");

        send(order("w1", List.of(), null, new Crawl("/", 2)));

        assertThat(finished("w1").done()).isEqualTo(3);
        assertThat(firstVisit("/two")).contains("hit");
        assertThat(firstVisit("/three")).contains("fwd=uri-miss");
    }

    private void html(String path, String body) {
        stage.origin.answers(path, body, "Content-Type", "text/html");
    }

    @Test
    void shouldObeyTheRulesOfTheSite() {
        stage.origin.answers("/robots.txt", "User-agent: *\nDisallow: /private\n", "Content-Type", "text/plain");

        send(urls("w1", "/private/a", "/a"));

        assertThat(finished("w1").total()).isEqualTo(1);
        assertThat(stage.origin.requestsFor("/private/a")).isZero();
    }

    @Test
    void shouldFetchEachVariant() {
        WarmUpOrder order = new WarmUpOrder(
                "w1",
                "http://" + HOST,
                List.of("/a"),
                null,
                null,
                List.of(),
                List.of(language("en"), language("de")),
                500,
                100);

        send(order);

        assertThat(finished("w1").done()).isEqualTo(2);
        assertThat(stage.visitor
                        .get("/a", "Host", HOST, "Accept-Language", "de")
                        .cacheStatus())
                .contains("hit");
        assertThat(stage.visitor
                        .get("/a", "Host", HOST, "Accept-Language", "en")
                        .cacheStatus())
                .contains("hit");
    }

    private static Variant language(String tag) {
        return new Variant(List.of(new Variant.Field("Accept-Language", tag)));
    }

    @Test
    void shouldCountWhatCannotBeKeptAndWhatFails() {
        stage.origin.answers("/private", "mine", "Cache-Control", "private");
        stage.origin.answersStatus("/broken", 500);

        send(urls("w1", "/private", "/broken", "/a"));

        WarmUpProgress end = finished("w1");
        assertThat(end.done()).isEqualTo(2);
        assertThat(end.uncacheable()).isEqualTo(1);
        assertThat(end.failed()).isEqualTo(1);
    }

    @Test
    void shouldGiveUpOnAnOriginThatIsDown() {
        stage.origin.goDown();

        send(urls("w1", "/a"));

        assertThat(finished("w1").state()).isEqualTo(State.FAILED);
    }

    @Test
    void shouldStopWhenItIsCancelled() throws InterruptedException {
        Gate gate = stage.origin.answersWhenOpen("/slow");
        send(urls("w1", "/slow", "/a"));
        gate.awaitFirst();

        stage.operator.sends("DELETE", "/v1/warm-up", "", TOKEN);

        assertThat(finished("w1").state()).isEqualTo(State.CANCELLED);
        gate.open();
    }

    @Test
    void shouldRefuseAnOrderThatIsNone() {
        Received refused = stage.operator.sends(
                "POST",
                "/v1/warm-up",
                "{\"id\":\"w\",\"site\":\"ftp://x\",\"urls\":[],\"exclude\":[],\"variants\":[{\"headers\":[]}],\"ratePerSecond\":1,\"maxPages\":1}",
                TOKEN);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("\"field\":\"site\"");
    }
}
