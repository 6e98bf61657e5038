package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Answer;
import io.pagecache.e2e.blackbox.Visitor.Reply;
import io.pagecache.plan.WarmUpOrder;
import io.pagecache.plan.WarmUpProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The management port: management API, metrics, health; and the access log. */
interface ManagementCases extends Staged {
    @Test
    default void shouldSayThatItIsUpAndWhatItRuns() {
        assertThat(stage().proxy.management().isUp("live")).isTrue();
        assertThat(stage().proxy.management().isUp("started")).isTrue();
        assertThat(stage().proxy.management().get("/q/health/ready").text()).contains("\"serving\"");
        assertThat(stage().proxy.management().state().revision()).isEqualTo("r1");
        assertThat(stage().proxy.management().state().rejection()).isNull();
    }

    @Test
    default void shouldManageForNobodyWithoutTheToken() {
        assertThat(stage().proxy.management().get("/v1/state").status()).isEqualTo(401);
        assertThat(stage().proxy.management().get("/v1/stats").status()).isEqualTo(401);
    }

    @Test
    default void shouldCountWhatItServes() {
        stage().origin.counts("/counted", "Cache-Control", "no-store");
        stage().visitor.get("/counted");
        stage().proxy
                .await(
                        "the count",
                        () -> stage().proxy.management().stats().topUncacheable().stream()
                                .anyMatch(page -> page.path().equals("/counted")));

        var stats = stage().proxy.management().stats();
        String metrics = stage().proxy.management().get("/q/metrics").text();

        assertThat(stats.requests())
                .isPositive()
                .isEqualTo(stats.hits() + stats.misses() + stats.stale() + stats.bypassed() + stats.errors());
        assertThat(metrics)
                .contains("pagecache_requests_total{")
                .contains("pagecache_plan_info{")
                .contains("jvm_memory_used_bytes{");
    }

    @Test
    default void shouldLogOneLineForEachRequest() {
        stage().origin.counts("/logged");
        stage().visitor.get("/logged", "User-Agent", "Quote\" 1.0");

        stage().proxy
                .await("the line", () -> !stage().proxy.accessLogOf("/logged").isEmpty());

        assertThat(stage().proxy.accessLogOf("/logged"))
                .singleElement()
                .asString()
                .contains("\"status\":200")
                .contains("\"outcome\":\"miss\"")
                .contains("Quote\\\" 1.0");
    }

    @Test
    default void shouldTakeUpAPlanThatIsPushedAndSayWhyNot(@TempDir Path directory) {
        WireFolder pushed = stage().served(directory);
        try (ProxyProcess other =
                ProxyProcess.start(stage().form(), pushed, Duration.ZERO).awaitReady()) {
            Reply taken = other.management().push(stage().site.plan("r2"));
            Reply refused = other.management()
                    .pushPlan(WireFolder.json(stage().site.plan("r3"))
                            .replace("\"cacheBytes\":134217728", "\"cacheBytes\":1"));

            assertThat(taken.status()).isEqualTo(204);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).contains("\"field\":\"cacheBytes\"").contains("at least 1048576");
            assertThat(other.management().state().revision()).isEqualTo("r2");
        }
    }

    @Test
    default void shouldFetchBeforeAnybodyAsks() {
        stage().origin
                .on(
                        "/map.xml",
                        (turn, request) -> Answer.text(
                                "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
                                        + "<url><loc>http://localhost/warm/mapped</loc></url></urlset>",
                                "Content-Type",
                                "application/xml"))
                .on(
                        "/warm/start",
                        (turn, request) -> Answer.text(
                                "<html><a href=\"linked?a=1&amp;b=2\">on</a></html>", "Content-Type", Stage.HTML))
                .counts("/warm/mapped")
                .counts("/warm/linked");
        WarmUpOrder order = new WarmUpOrder(
                "w1",
                "http://localhost",
                List.of(),
                "/map.xml",
                new WarmUpOrder.Crawl("/warm/start", 1),
                List.of(),
                List.of(new WarmUpOrder.Variant(List.of(new WarmUpOrder.Variant.Field("accept-language", "de")))),
                100,
                10);

        Reply taken = stage().proxy.management().send("POST", "/v1/warm-up", WireFolder.json(order));

        assertThat(taken.status()).as(taken.text()).isEqualTo(200);
        stage().proxy.await("the end of the warm-up", () -> hasEnded("w1"));
        assertThat(stage().proxy.management().state().warmUp())
                .satisfies(progress -> assertThat(progress.failed()).isZero());
        assertThat(stage().origin.requestsFor("/warm/mapped")).isEqualTo(1);
        assertThat(stage().origin.requestsFor("/warm/linked")).isEqualTo(1);
    }

    private boolean hasEnded(String id) {
        WarmUpProgress progress = stage().proxy.management().state().warmUp();
        return progress != null && progress.id().equals(id) && progress.finishedAt() != null;
    }
}
