package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin.Gate;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:T8")
@Tag("seed:T12")
@Tag("seed:T13")
@Tag("seed:T28")
@Tag("seed:T30")
@Tag("seed:T31")
@Tag("seed:T32")
@Tag("seed:T33")
@Tag("seed:W5")
@Tag("seed:W58")
class PersonalPagesIT {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String PAGE = "<p>Hello <!--pc:get user \"guest\"-->!</p>";

    @TempDir
    Path directory;

    private static SamplePlan withValues(Pages.Value... values) {
        SamplePlan plan = SamplePlan.plan();
        plan.elements = Behaviour.Elements.ON;
        plan.pages = new Pages(Pages.NONE.markers(), List.of(values), List.of());
        return plan;
    }

    private static Pages.Value fromRequest(String name, ValueSource source) {
        return new Pages.Value(name, source, Duration.ZERO, SECOND, null);
    }

    @Test
    void shouldFillACachedPageForEachReader() throws Exception {
        try (Stage stage = new Stage(directory, withValues(fromRequest("user", new ValueSource.Cookie("user"))))) {
            stage.origin.answers("/p", PAGE, "Content-Type", "text/html; charset=utf-8");
            Received first = stage.visitor.get("/p", "Cookie", "user=Ann");

            Received ann = stage.visitor.get("/p", "Cookie", "user=Ann");
            Received villain = stage.visitor.get("/p", "Cookie", "user=<script>");
            Received nobody = stage.visitor.get("/p");

            assertThat(first.text()).isEqualTo("<p>Hello Ann!</p>");
            assertThat(ann.text()).isEqualTo("<p>Hello Ann!</p>");
            assertThat(villain.text()).isEqualTo("<p>Hello &lt;script&gt;!</p>");
            assertThat(nobody.text()).isEqualTo("<p>Hello guest!</p>");
            assertThat(ann.cacheStatus()).contains("hit");
            assertThat(ann.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(ann.header("ETag")).isNotEqualTo(nobody.header("ETag"));
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswer304OnlyToAReaderWhoHasThisVeryCopy() throws Exception {
        try (Stage stage = new Stage(directory, withValues(fromRequest("user", new ValueSource.Cookie("user"))))) {
            stage.origin.answers("/p", PAGE, "Content-Type", "text/html");
            String anns = stage.visitor.get("/p", "Cookie", "user=Ann").header("ETag");

            Received ann = stage.visitor.get("/p", "Cookie", "user=Ann", "If-None-Match", anns);
            Received bob = stage.visitor.get("/p", "Cookie", "user=Bob", "If-None-Match", anns);

            assertThat(ann.status()).isEqualTo(304);
            assertThat(bob.text()).isEqualTo("<p>Hello Bob!</p>");
        }
    }

    @Test
    void shouldActOnMarkersOnlyWhereTheOriginAsksForIt() throws Exception {
        SamplePlan plan = withValues(fromRequest("user", new ValueSource.Query("user")));
        plan.elements = Behaviour.Elements.SURROGATE;
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.answers("/plain", PAGE, "Content-Type", "text/html");
            stage.origin.answers(
                    "/asks", PAGE, "Content-Type", "text/html", "Surrogate-Control", "content=\"Pagecache/1.0\"");

            assertThat(stage.visitor.get("/plain?user=A").text()).isEqualTo(PAGE);
            assertThat(stage.visitor.get("/asks?user=A%20B").text()).isEqualTo("<p>Hello A B!</p>");
        }
    }

    @Test
    void shouldFetchAValueOncePerSessionAndKeepItForItsTime() throws Exception {
        try (Stage stage = sessions(Duration.ofSeconds(30), SECOND)) {
            Received first = stage.visitor.get("/p", "Cookie", "sid=1; secret=2");
            stage.visitor.get("/p", "Cookie", "sid=1");
            Received other = stage.visitor.get("/p", "Cookie", "sid=9");
            Received none = stage.visitor.get("/p");

            assertThat(first.text()).isEqualTo("<p>Hello user of sid=1!</p>");
            assertThat(other.text()).isEqualTo("<p>Hello user of sid=9!</p>");
            assertThat(none.text()).isEqualTo("<p>Hello nobody!</p>");
            assertThat(stage.origin.requestsFor("/session")).isEqualTo(2);
            stage.proxy.clock.advance(Duration.ofSeconds(31));
            stage.visitor.get("/p", "Cookie", "sid=1");
            assertThat(stage.origin.requestsFor("/session")).isEqualTo(3);
        }
    }

    @Test
    void shouldShowTheFallbackOfAValueThatIsLate() throws Exception {
        try (Stage stage = sessions(Duration.ZERO, Duration.ofMillis(50))) {
            Gate gate = stage.origin.answersWhenOpen("/session");

            Received reply = stage.visitor.get("/p", "Cookie", "sid=1");
            gate.open();

            assertThat(reply.text()).isEqualTo("<p>Hello nobody!</p>");
        }
    }

    @Test
    void shouldShowTheFallbackOfAValueThatIsBroken() throws Exception {
        try (Stage stage = sessions(Duration.ofSeconds(30), SECOND)) {
            stage.origin.answersStatus("/session", 500);
            Received broken = stage.visitor.get("/p", "Cookie", "sid=1");
            stage.origin.answers("/session", "{not json", "Content-Type", "application/json");
            Received nonsense = stage.visitor.get("/p", "Cookie", "sid=1");

            assertThat(broken.text()).isEqualTo("<p>Hello nobody!</p>");
            assertThat(nonsense.text()).isEqualTo("<p>Hello nobody!</p>");
        }
    }

    @Test
    void shouldFillAPageThatTheOriginZipped() throws Exception {
        try (Stage stage = new Stage(directory, withValues(fromRequest("user", new ValueSource.Cookie("user"))))) {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
                zip.write(PAGE.getBytes(StandardCharsets.UTF_8));
            }
            stage.origin.on(
                    "/p",
                    request -> request.response()
                            .putHeader("Content-Type", "text/html")
                            .putHeader("Content-Encoding", "gzip")
                            .end(Buffer.buffer(zipped.toByteArray())));

            Received reply = stage.visitor.get("/p", "Accept-Encoding", "gzip", "Cookie", "user=Ann");

            assertThat(reply.header("Content-Encoding")).isNull();
            assertThat(reply.text()).isEqualTo("<p>Hello Ann!</p>");
        }
    }

    @Test
    @DisplayName("W9: a rendered page is gzipped for who takes it, under a tag of its own")
    void shouldZipARenderedPage() throws Exception {
        try (Stage stage = new Stage(directory, withValues(fromRequest("user", new ValueSource.Cookie("user"))))) {
            stage.origin.answers("/p", PAGE + "<p>long</p>".repeat(500), "Content-Type", "text/html");
            Received plain = stage.visitor.get("/p", "Cookie", "user=Ann");

            Received zipped = stage.visitor.get("/p", "Cookie", "user=Ann", "Accept-Encoding", "gzip");
            Received again = stage.visitor.get(
                    "/p", "Cookie", "user=Ann", "Accept-Encoding", "gzip", "If-None-Match", zipped.header("ETag"));

            assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(zipped.body().length()).isLessThan(plain.body().length() / 5);
            assertThat(unzipped(zipped)).isEqualTo(plain.text());
            assertThat(zipped.header("ETag")).isNotEqualTo(plain.header("ETag"));
            assertThat(plain.header("Content-Encoding")).isNull();
            assertThat(plain.header("Vary")).contains("Accept-Encoding");
            assertThat(zipped.header("Vary")).contains("Accept-Encoding");
            assertThat(again.status()).isEqualTo(304);
        }
    }

    @Test
    void shouldNotZipWhatMayNotBeTransformed() throws Exception {
        try (Stage stage = new Stage(directory, withValues(fromRequest("user", new ValueSource.Cookie("user"))))) {
            stage.origin.answers(
                    "/p",
                    PAGE + "<p>long</p>".repeat(500),
                    "Content-Type",
                    "text/html",
                    "Cache-Control",
                    "max-age=60, no-transform");

            Received reply = stage.visitor.get("/p", "Cookie", "user=Ann", "Accept-Encoding", "gzip");

            assertThat(reply.text()).startsWith("<p>Hello Ann!</p>");
        }
    }

    private static String unzipped(Received reply) throws Exception {
        try (GZIPInputStream zip =
                new GZIPInputStream(new ByteArrayInputStream(reply.body().getBytes()))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("T33: a malformed page is served with its fallbacks; log and metric say what is wrong and where")
    void shouldServeAMalformedPageWithItsFallbacks() throws Exception {
        try (Stage stage = new Stage(directory, withValues(fromRequest("user", new ValueSource.Cookie("user"))))) {
            stage.origin.answers(
                    "/p",
                    "<p>\n<!--pc:get user \"guest\" | shout--> <!--pc:end--> <!--pc:get nothing \"none\"--></p>",
                    "Content-Type",
                    "text/html");
            stage.visitor.get("/p");

            Received reply = stage.visitor.get("/p", "Cookie", "user=Ann");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("<p>\nguest  none</p>");
            assertThat(stage.proxy
                            .meters
                            .get("pagecache.marker.problems")
                            .counter()
                            .count())
                    .isEqualTo(3);
            await().until(() -> stage.proxy.log().lines().count() == 2);
            assertThat(stage.proxy.log().lines())
                    .allSatisfy(line -> assertThat(line)
                            .contains("\"marker_problem\":\"2:27: unknown filter 'shout': expected html, js, url, json"
                                    + " or number (and 2 more)\""));
        }
    }

    @Test
    @DisplayName("T33: values that wait for a service are over at the page's deadline, whatever their own timeouts")
    void shouldNotWaitBeyondTheDeadlineOfPages() throws Exception {
        SamplePlan plan = withValues();
        try (Stage stage = new Stage(directory, plan)) {
            String url = "http://127.0.0.1:" + stage.origin.port() + "/session";
            Pages.Value session = new Pages.Value(
                    "session", new ValueSource.Http(url, List.of()), Duration.ZERO, Duration.ofMinutes(10), null);
            plan.pages = new Pages(Pages.NONE.markers(), List.of(session), List.of(), List.of(), Duration.ofMillis(50));
            plan.revision = "with-deadline";
            stage.proxy.write(plan);
            await().until(() -> stage.proxy.revision().equals("with-deadline"));
            stage.origin.answers("/p", "<!--pc:get session \"late\"-->", "Content-Type", "text/html");
            Gate gate = stage.origin.answersWhenOpen("/session");

            Received reply = stage.visitor.get("/p");
            gate.open();

            assertThat(reply.text()).isEqualTo("late");
            assertThat(stage.proxy
                            .meters
                            .get("pagecache.values")
                            .tag("result", "late")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("Surrogate-Capability promises that markers are filled in, also in what is for one reader only")
    void shouldFillAPageThatMayNotBeKept() throws Exception {
        try (Stage stage = new Stage(directory, withValues(fromRequest("user", new ValueSource.Cookie("user"))))) {
            stage.origin.answers("/p", PAGE, "Content-Type", "text/html", "Set-Cookie", "sid=1");

            Received ann = stage.visitor.get("/p", "Cookie", "user=Ann");
            Received bob = stage.visitor.get("/p", "Cookie", "user=Bob");

            assertThat(ann.text()).isEqualTo("<p>Hello Ann!</p>");
            assertThat(ann.header("Set-Cookie")).isEqualTo("sid=1");
            assertThat(bob.text()).isEqualTo("<p>Hello Bob!</p>");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(2);
        }
    }

    @Test
    void shouldNotLetABrowserKeepWhatTheOriginForbids() throws Exception {
        try (Stage stage = new Stage(directory, withValues(fromRequest("user", new ValueSource.Cookie("user"))))) {
            stage.origin.answers(
                    "/p",
                    PAGE,
                    "Content-Type",
                    "text/html",
                    "Cache-Control",
                    "no-store",
                    "CDN-Cache-Control",
                    "max-age=60");

            Received reply = stage.visitor.get("/p", "Cookie", "user=Ann");

            assertThat(reply.header("Cache-Control")).isEqualTo("private, no-store");
        }
    }

    @Test
    void shouldShowTheFallbackOfAValueThatCannotEvenBeAskedFor() throws Exception {
        ValueSource nowhere = new ValueSource.Http("http://no such host/", List.of());
        try (Stage stage = new Stage(directory, withValues(fromRequest("user", nowhere)))) {
            stage.origin.answers("/p", PAGE, "Content-Type", "text/html");
            stage.visitor.get("/p");

            Received hit = stage.visitor.get("/p");

            assertThat(hit.text()).isEqualTo("<p>Hello guest!</p>");
        }
    }

    /** A page that greets by a session that the origin itself tells about. */
    private Stage sessions(Duration ttl, Duration timeout) {
        SamplePlan plan = withValues();
        Stage stage = new Stage(directory, plan);
        String url = "http://127.0.0.1:" + stage.origin.port() + "/session";
        plan.pages = new Pages(
                Pages.NONE.markers(),
                List.of(new Pages.Value(
                        "session", new ValueSource.Http(url, List.of("sid")), ttl, timeout, "{\"name\":\"nobody\"}")),
                List.of());
        plan.revision = "with-session";
        stage.proxy.write(plan);
        org.awaitility.Awaitility.await().until(() -> stage.proxy.revision().equals("with-session"));
        stage.origin.answers("/p", "<p>Hello <!--pc:get session.name-->!</p>", "Content-Type", "text/html");
        stage.origin.on(
                "/session",
                request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end("{\"name\":\"user of " + request.getHeader("Cookie") + "\"}"));
        return stage;
    }
}
