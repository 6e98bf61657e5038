package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Authors;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Bypass;
import io.pagecache.plan.Mode;
import io.pagecache.plan.Pages;
import io.pagecache.plan.Rule;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages with elements that go past the cache. */
@Tag("seed:W44")
class PassedPagesIT {
    private static final String[] PREVIEW = {"Cookie", "staff=1; user=Ann"};
    private static final String PAGE = "<p><!--pc:get user \"guest\"--></p><esi:include src=\"/box\"/>";
    private static final String ANNS = "<p>Ann</p>[box]";

    @TempDir
    Path directory;

    private static SamplePlan plan() {
        SamplePlan plan = SamplePlan.plan();
        plan.elements = Behaviour.Elements.ON;
        plan.esi = Behaviour.Esi.ON;
        plan.bypass = new Bypass(List.of(), List.of(), List.of("staff"));
        plan.pages = new Pages(
                Pages.NONE.markers(),
                List.of(new Pages.Value(
                        "user", new ValueSource.Cookie("user"), Duration.ZERO, Duration.ofSeconds(1), null)),
                List.of());
        return plan;
    }

    private Stage stage(SamplePlan plan, String... fields) throws Exception {
        Stage stage = new Stage(directory, plan);
        String[] all = new String[fields.length + 2];
        System.arraycopy(fields, 0, all, 0, fields.length);
        all[fields.length] = "Content-Type";
        all[fields.length + 1] = "text/html";
        stage.origin.answers("/p", PAGE, all);
        stage.origin.answers("/box", "[box]", "Content-Type", "text/html");
        return stage;
    }

    @Test
    @DisplayName("W44: who bypasses the cache sees the page as readers will, made anew each time")
    void shouldPutAPageTogetherForWhoBypasses() throws Exception {
        try (Stage stage = stage(plan(), "Cache-Control", "max-age=60", "Set-Cookie", "seen=1")) {
            Received first = stage.visitor.get("/p", PREVIEW);
            Received second = stage.visitor.get("/p", PREVIEW);

            assertThat(first.text()).isEqualTo(ANNS);
            assertThat(second.text()).isEqualTo(ANNS);
            assertThat(first.cacheStatus()).contains("fwd=bypass");
            assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(first.header("Set-Cookie")).isEqualTo("seen=1");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(2);
            assertThat(stage.origin.requestsFor("/box")).isEqualTo(2);
            assertThat(stage.origin.lastSeen().header("Surrogate-Capability")).contains("ESI/1.0");
        }
    }

    @Test
    void shouldLeaveNothingOfItToReaders() throws Exception {
        try (Stage stage = stage(plan())) {
            stage.visitor.get("/p", PREVIEW);

            Received reader = stage.visitor.get("/p");

            assertThat(reader.text()).isEqualTo("<p>guest</p>[box]");
            assertThat(reader.cacheStatus()).contains("fwd=uri-miss");
        }
    }

    @Test
    void shouldPutTheAnswerToAFormTogether() throws Exception {
        try (Stage stage = stage(plan())) {
            Received answer = stage.visitor.sends("POST", "/p", "q=1", "Cookie", "user=Ann", "If-Match", "\"x\"");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(ANNS);
        }
    }

    @Test
    @DisplayName("W42: an author sees the page as it will be published, with all that is filled in")
    void shouldPutPagesTogetherForAuthors() throws Exception {
        SamplePlan plan = plan();
        plan.authors = new Authors(
                List.of(new Authors.EditRequest(
                        List.of("POST"), new Rule.PathMatch(Rule.PathMatch.Type.PREFIX, "/edit"), List.of())),
                List.of(Authors.Identity.COOKIE),
                Authors.Mode.QUIET,
                Duration.ofSeconds(1000),
                Duration.ofSeconds(150));
        try (Stage stage = stage(plan)) {
            String cookie =
                    stage.visitor.post("/edit", "x").header("Set-Cookie").replaceAll(";.*", "");

            Received page = stage.visitor.get("/p", "Cookie", cookie + "; user=Ann");

            assertThat(page.cacheStatus()).contains("detail=author");
            assertThat(page.text()).isEqualTo(ANNS);
            assertThat(page.header("Cache-Control")).isEqualTo("private, no-cache");
        }
    }

    @Test
    void shouldFillInWhileTheCacheIsSwitchedOffAndWhereARuleForbidsIt() throws Exception {
        SamplePlan off = plan();
        off.mode = Mode.PASS_THROUGH;
        try (Stage stage = stage(off)) {
            assertThat(stage.visitor.get("/p", "Cookie", "user=Ann").text()).isEqualTo(ANNS);
        }
        try (Stage stage = stage(plan().rule("live", "/p", SamplePlan::never))) {
            assertThat(stage.visitor.get("/p", "Cookie", "user=Ann").text()).isEqualTo(ANNS);
        }
    }

    @Test
    void shouldAnswerTheConditionsOfTheReadersOwnCopy() throws Exception {
        try (Stage stage = stage(plan())) {
            String tag = stage.visitor.get("/p", PREVIEW).header("ETag");

            Received unchanged = stage.visitor.get("/p", "Cookie", "staff=1; user=Ann", "If-None-Match", tag);
            Received others = stage.visitor.get("/p", "Cookie", "staff=1; user=Bob", "If-None-Match", tag);

            assertThat(unchanged.status()).isEqualTo(304);
            assertThat(others.text()).isEqualTo("<p>Bob</p>[box]");
        }
    }

    @Test
    void shouldPutTheWholePageTogetherWhenAPartIsAskedFor() throws Exception {
        try (Stage stage = stage(plan())) {
            stage.origin.on("/p", request -> {
                boolean part = request.getHeader("Range") != null;
                request.response()
                        .putHeader("Content-Type", "text/html")
                        .setStatusCode(part ? 206 : 200)
                        .end(part ? PAGE.substring(0, 5) : PAGE);
            });

            Received part = stage.visitor.get("/p", "Cookie", "staff=1; user=Ann", "Range", "bytes=0-4");

            assertThat(part.status()).isEqualTo(200);
            assertThat(part.text()).isEqualTo(ANNS);
        }
    }

    @Test
    void shouldPassOnWhatIsNoPageAsItIs() throws Exception {
        try (Stage stage = stage(plan())) {
            stage.origin.answers("/data", PAGE, "Content-Type", "application/json", "ETag", "\"d\"");

            Received data = stage.visitor.get("/data", PREVIEW);

            assertThat(data.text()).isEqualTo(PAGE);
            assertThat(data.header("ETag")).isEqualTo("\"d\"");
        }
    }
}
