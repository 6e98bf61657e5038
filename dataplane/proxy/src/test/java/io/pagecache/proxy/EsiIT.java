package io.pagecache.proxy;

import static io.pagecache.proxy.EsiPages.ASKS;
import static io.pagecache.proxy.EsiPages.HTML;
import static io.pagecache.proxy.EsiPages.counted;
import static io.pagecache.proxy.EsiPages.on;
import static io.pagecache.proxy.EsiPages.page;
import static io.pagecache.proxy.EsiPages.surrogate;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin.Gate;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:T30")
class EsiIT {
    @TempDir
    Path directory;

    @Test
    void shouldJoinFragmentsThatAreCachedAsPagesOfTheirOwn() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "1<esi:include src=\"/a?x=1&amp;y=2\"/>2<esi:include src=\"/b\"/>3");
            stage.origin.answers("/a", "[A]", "Content-Type", HTML);
            stage.origin.answers("/b", "[B]", "Content-Type", HTML);

            Received first = stage.visitor.get("/p");
            Received second = stage.visitor.get("/p");
            Received alone = stage.visitor.get("/b");

            assertThat(first.text()).isEqualTo("1[A]2[B]3");
            assertThat(second.text()).isEqualTo("1[A]2[B]3");
            assertThat(second.cacheStatus()).contains("hit");
            assertThat(alone.cacheStatus()).contains("hit");
            assertThat(stage.origin.seen()).hasSize(3);
            assertThat(stage.origin.requestsFor("/a")).isEqualTo(1);
            assertThat(first.header("Surrogate-Control")).isNull();
            assertThat(counted(stage, "pagecache.esi.fragments", "outcome", "hit"))
                    .isEqualTo(2);
            assertThat(counted(stage, "pagecache.esi.fragments", "outcome", "miss"))
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("E21: ESI only on the origin's word, and the origin is told when it may speak")
    void shouldActOnElementsOnlyWhereTheOriginAsksForIt() throws Exception {
        SamplePlan plan = surrogate();
        plan.rule("off", "/off", behaviour -> withEsi(behaviour, Behaviour.Esi.OFF));
        plan.rule("on", "/on", behaviour -> withEsi(behaviour, Behaviour.Esi.ON));
        try (Stage stage = new Stage(directory, plan)) {
            String body = "<esi:include src=\"/a\"/>";
            stage.origin.answers("/a", "[A]", "Content-Type", HTML);
            stage.origin.answers("/silent", body, "Content-Type", HTML);
            stage.origin.answers("/off", body, "Content-Type", HTML, "Surrogate-Control", ASKS);
            stage.origin.answers("/on", body, "Content-Type", HTML);
            stage.origin.answers("/on/text", body, "Content-Type", "text/plain");
            stage.origin.answers("/xml", body, "Content-Type", "application/atom+xml", "Surrogate-Control", ASKS);

            assertThat(stage.visitor.get("/silent").text()).isEqualTo(body);
            assertThat(stage.origin.lastSeen().header("Surrogate-Capability"))
                    .isEqualTo("pagecache=\"Surrogate/1.0 ESI/1.0 Pagecache/1.0\"");
            assertThat(stage.visitor.get("/off").text()).isEqualTo(body);
            assertThat(stage.origin.lastSeen().header("Surrogate-Capability"))
                    .isEqualTo("pagecache=\"Surrogate/1.0 Pagecache/1.0\"");
            assertThat(stage.visitor.get("/on").text()).isEqualTo("[A]");
            assertThat(stage.visitor.get("/on/text").text()).isEqualTo(body);
            assertThat(stage.visitor.get("/xml").text()).isEqualTo("[A]");
        }
    }

    @Test
    @DisplayName("E21: text of a fragment is acted on only when the fragment's own answer asks for it")
    void shouldActOnElementsInFragmentsOnlyWhereTheFragmentAsksForIt() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "<esi:include src=\"/user-text\"/>-<esi:include src=\"/nested\"/>");
            stage.origin.answers("/user-text", "<esi:include src=\"/a\"/>", "Content-Type", HTML);
            page(stage, "/nested", "(<esi:include src=\"a\"/>)");
            stage.origin.answers("/a", "[A]", "Content-Type", HTML);

            assertThat(stage.visitor.get("/p").text()).isEqualTo("<esi:include src=\"/a\"/>-([A])");
        }
    }

    @Test
    void shouldFetchFragmentsAtTheSameTime() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "<esi:include src=\"/a\"/><esi:include src=\"/b\"/>");
            Gate a = stage.origin.answersWhenOpen(
                    "/a", request -> request.response().end("[A]"));
            Gate b = stage.origin.answersWhenOpen(
                    "/b", request -> request.response().end("[B]"));

            var reply = stage.visitor.asks("GET", "/p", null);
            a.awaitFirst();
            b.awaitFirst();
            a.open();
            b.open();

            assertThat(reply.toCompletionStage()
                            .toCompletableFuture()
                            .get(20, java.util.concurrent.TimeUnit.SECONDS)
                            .text())
                    .isEqualTo("[A][B]");
        }
    }

    @Test
    void shouldFetchAFragmentOnceHoweverManyPagesWantIt() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "p<esi:include src=\"/a\"/>");
            page(stage, "/q", "q<esi:include src=\"/a\"/>");
            Gate gate = stage.origin.answersWhenOpen(
                    "/a", request -> request.response().end("[A]"));

            var one = stage.visitor.asks("GET", "/p", null);
            gate.awaitFirst();
            var other = stage.visitor.asks("GET", "/q", null);
            Awaitility.await()
                    .until(() -> stage.proxy
                                    .meters
                                    .get("pagecache.coalesced.waiting")
                                    .gauge()
                                    .value()
                            == 1);
            gate.open();

            assertThat(text(one)).isEqualTo("p[A]");
            assertThat(text(other)).isEqualTo("q[A]");
            assertThat(stage.origin.requestsFor("/a")).isEqualTo(1);
        }
    }

    @Test
    void shouldActOnMarkersAndElementsOfOnePage() throws Exception {
        SamplePlan plan = on();
        plan.elements = Behaviour.Elements.ON;
        plan.pages = new Pages(
                Pages.NONE.markers(),
                List.of(new Pages.Value(
                        "user", new ValueSource.Cookie("user"), Duration.ZERO, Duration.ofSeconds(1), null)),
                List.of());
        try (Stage stage = new Stage(directory, plan)) {
            page(stage, "/p", "<!--pc:get user \"guest\"-->:<!--pc:if user--><esi:include src=\"/a\"/><!--pc:end-->");
            stage.origin.answers("/a", "[<!--pc:get user-->]", "Content-Type", HTML);

            Received ann = stage.visitor.get("/p", "Cookie", "user=Ann");
            Received guest = stage.visitor.get("/p");

            assertThat(ann.text()).isEqualTo("Ann:[Ann]");
            assertThat(guest.text()).isEqualTo("guest:");
            assertThat(ann.header("Cache-Control")).isEqualTo("private, no-cache");
        }
    }

    @Test
    void shouldJoinPagesThatAreNotKept() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "1<esi:include src=\"/a\"/>2", "Cache-Control", "private");
            stage.origin.answers("/a", "[A]", "Content-Type", HTML);

            assertThat(stage.visitor.get("/p").text()).isEqualTo("1[A]2");
            assertThat(stage.visitor.get("/p").text()).isEqualTo("1[A]2");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(2);
            assertThat(stage.origin.requestsFor("/a")).isEqualTo(1);
        }
    }

    @Test
    void shouldTakeFragmentsThatAreNeverCached() throws Exception {
        SamplePlan plan = surrogate();
        plan.rule("never", "/never", SamplePlan::never);
        try (Stage stage = new Stage(directory, plan)) {
            page(stage, "/p", "1<esi:include src=\"/never\"/>2", "Cache-Control", "max-age=60");
            stage.origin.answers("/never", "[N]", "Content-Type", HTML, "Cache-Control", "max-age=60");

            Received reply = stage.visitor.get("/p");

            assertThat(reply.text()).isEqualTo("1[N]2");
            assertThat(reply.header("Cache-Control")).isEqualTo("private, no-cache");
        }
    }

    private static Behaviour withEsi(Behaviour like, Behaviour.Esi esi) {
        SamplePlan plan = SamplePlan.plan();
        plan.esi = esi;
        return plan.behaviour();
    }

    private static String text(io.vertx.core.Future<Received> reply) throws Exception {
        return reply.toCompletionStage()
                .toCompletableFuture()
                .get(20, java.util.concurrent.TimeUnit.SECONDS)
                .text();
    }
}
