package io.pagecache.proxy;

import static io.pagecache.proxy.EsiPages.ASKS;
import static io.pagecache.proxy.EsiPages.HTML;
import static io.pagecache.proxy.EsiPages.absent;
import static io.pagecache.proxy.EsiPages.on;
import static io.pagecache.proxy.EsiPages.page;
import static io.pagecache.proxy.EsiPages.surrogate;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin.Gate;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fragments may not do, and what stands in for those that cannot be had. */
@Tag("seed:T30")
class EsiLimitsIT {
    @TempDir
    Path directory;

    @Test
    @DisplayName("E21: pages inside themselves are cut")
    void shouldCutLoops() throws Exception {
        try (Stage stage = new Stage(directory, on())) {
            page(stage, "/p", "p<esi:include src=\"/q\"/>");
            page(stage, "/q", "q<esi:include src=\"/p\"/>");
            page(stage, "/self", "s<esi:include src=\"/self\"/>");

            assertThat(stage.visitor.get("/p").text()).isEqualTo("pq");
            assertThat(stage.visitor.get("/self").text()).isEqualTo("s");
            assertThat(absent(stage, "loop")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("E21: at most five deep")
    void shouldLimitDepth() throws Exception {
        try (Stage stage = new Stage(directory, on())) {
            for (int i = 0; i < 9; i++) {
                page(stage, "/d" + i, i + "<esi:include src=\"/d" + (i + 1) + "\"/>");
            }

            assertThat(stage.visitor.get("/d0").text()).isEqualTo("012345");
            assertThat(absent(stage, "too-deep")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("E21: a limited number of fragments, those of fragments included")
    void shouldLimitTheNumberOfFragments() throws Exception {
        try (Stage stage = new Stage(directory, on())) {
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < 130; i++) {
                body.append("<esi:include src=\"/f?").append(i).append("\"/>");
            }
            page(stage, "/p", body.toString());
            stage.origin.answers("/f", "x", "Content-Type", HTML);

            assertThat(stage.visitor.get("/p").text()).isEqualTo("x".repeat(100));
            assertThat(absent(stage, "too-many")).isEqualTo(30);
            assertThat(stage.origin.requestsFor("/f")).isEqualTo(100);
        }
    }

    @Test
    @DisplayName("E21: no fragments of other servers, whatever a page says")
    void shouldNotFetchFromOtherServers() throws Exception {
        SamplePlan plan = on();
        plan.hosts = List.of("127.0.0.1", "static.example");
        try (Stage stage = new Stage(directory, plan)) {
            page(
                    stage,
                    "/p",
                    "1<esi:include src=\"http://169.254.169.254/latest/\"/>2<esi:include src=\"file:///etc/passwd\"/>3"
                            + "<esi:include src=\"//evil.example/\"/>4"
                            + "<esi:include src=\"http://static.example/s\"/>");
            stage.origin.on(
                    "/s",
                    request -> request.response()
                            .end("[" + request.getHeader("Host") + " " + request.getHeader("Cookie") + "]"));

            Received reply = stage.visitor.get("/p", "Host", "127.0.0.1", "Cookie", "a=b", "Authorization", "x");

            assertThat(reply.text()).isEqualTo("1234[static.example null]");
            assertThat(stage.origin.seen()).hasSize(2);
            assertThat(absent(stage, "foreign-source")).isEqualTo(3);
        }
    }

    @Test
    void shouldPassTheReadersCookiesAsTheFragmentsRuleSays() throws Exception {
        SamplePlan plan = surrogate();
        plan.rule("mine", "/mine", behaviour -> {
            SamplePlan keyed = surrogate();
            keyed.keyCookies = List.of("sid");
            keyed.cookies = new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.ONLY, List.of("sid"));
            return keyed.behaviour();
        });
        try (Stage stage = new Stage(directory, plan)) {
            page(stage, "/p", "<esi:include src=\"/mine\"/>");
            stage.origin.on("/mine", request -> request.response().end("[" + request.getHeader("Cookie") + "]"));

            assertThat(stage.visitor.get("/p", "Cookie", "sid=1; x=y").text()).isEqualTo("[sid=1]");
            assertThat(stage.visitor.get("/p", "Cookie", "sid=2; x=y").text()).isEqualTo("[sid=2]");
            assertThat(stage.visitor.get("/p", "Cookie", "x=y; sid=1").text()).isEqualTo("[sid=1]");
            assertThat(stage.origin.requestsFor("/mine")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("cookies, headers and query with ESI in them come out inert")
    void shouldNotActOnWhatReadersSend() throws Exception {
        try (Stage stage = new Stage(directory, on())) {
            page(stage, "/p", "<esi:vars>$(QUERY_STRING{q})|$(HTTP_COOKIE{c})|$(HTTP_USER_AGENT)</esi:vars>");

            Received reply = stage.visitor.get(
                    "/p?q=%3Cesi:include%20src=%22/a%22/%3E",
                    "Cookie", "c=%3Cscript%3Ealert(1)%3C/script%3E", "User-Agent", "$(HTTP_HOST)<!--esi x-->");

            assertThat(reply.text())
                    .isEqualTo("&lt;esi:include src=&#34;/a&#34;/&gt;|&lt;script&gt;alert(1)&lt;/script&gt;|"
                            + "$(HTTP_HOST)&lt;!--esi x--&gt;");
            assertThat(stage.origin.requestsFor("/a")).isZero();
            assertThat(reply.header("Cache-Control")).isEqualTo("private, no-cache");
        }
    }

    @Test
    void shouldShowWhatStandsInForAFragmentThatFails() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            stage.origin.answersStatus("/broken", 500);
            stage.origin.answersStatus("/moved", 302);
            stage.origin.breaksOff("/half");
            stage.origin.answers("/b", "[B]", "Content-Type", HTML);
            page(
                    stage,
                    "/p",
                    "1<esi:include src=\"/broken\"/>2<esi:include src=\"/moved\" alt=\"/b\"/>"
                            + "<esi:try><esi:attempt>x<esi:include src=\"/half\"/></esi:attempt>"
                            + "<esi:except>sorry</esi:except></esi:try>",
                    "Cache-Control",
                    "max-age=60");

            Received reply = stage.visitor.get("/p");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("12[B]sorry");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(absent(stage, "status") + absent(stage, "broken")).isEqualTo(3);
        }
    }

    @Test
    void shouldShowTheOldFragmentWhileTheOriginIsDown() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            page(stage, "/p", "<esi:include src=\"/a\"/>", "Cache-Control", "max-age=30");
            stage.origin.answers("/a", "[A]", "Cache-Control", "max-age=30");
            stage.visitor.get("/p");
            stage.origin.goDown();

            stage.proxy.clock.advance(Duration.ofMinutes(5));
            Received reply = stage.visitor.get("/p");

            assertThat(reply.text()).isEqualTo("[A]");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
        }
    }

    @Test
    void shouldNotWaitLongerForAFragmentThanThePageNames() throws Exception {
        SamplePlan plan = surrogate();
        plan.staleWhileRevalidate = Duration.ZERO;
        try (Stage stage = new Stage(directory, plan)) {
            page(stage, "/new", "1<esi:include src=\"/late\" timeout=\"50ms\"/>2", "Cache-Control", "max-age=600");
            page(stage, "/old", "1<esi:include src=\"/was\" timeout=\"50ms\"/>2", "Cache-Control", "max-age=600");
            stage.origin.answers("/was", "[WAS]", "Cache-Control", "max-age=30");
            stage.visitor.get("/old");
            stage.proxy.clock.advance(Duration.ofSeconds(60));
            Gate late = stage.origin.answersWhenOpen("/late");
            Gate was = stage.origin.answersWhenOpen("/was");

            assertThat(stage.visitor.get("/new").text()).isEqualTo("12");
            assertThat(stage.visitor.get("/old").text()).isEqualTo("1[WAS]2");
            assertThat(absent(stage, "too-late")).isEqualTo(1);
            late.open();
            was.open();
        }
    }

    @Test
    @DisplayName("D13: compressed pages and fragments, and those that would inflate without end")
    void shouldJoinCompressedPages() throws Exception {
        try (Stage stage = new Stage(directory, surrogate())) {
            gzip(stage, "/p", "1<esi:include src=\"/a\"/>2<esi:include src=\"/private\"/>3", "max-age=60");
            gzip(stage, "/a", "[A]", "max-age=60");
            gzip(stage, "/private", "[P]", "private");
            gzip(stage, "/bomb", "0".repeat(64 << 20), "private");
            gzip(stage, "/q", "1<esi:include src=\"/bomb\"/>2", "max-age=60");

            assertThat(stage.visitor.get("/p", "Accept-Encoding", "gzip").text())
                    .isEqualTo("1[A]2[P]3");
            assertThat(stage.visitor.get("/p").text()).isEqualTo("1[A]2[P]3");
            assertThat(stage.visitor.get("/q").text()).isEqualTo("12");
            assertThat(absent(stage, "coding")).isEqualTo(1);
        }
    }

    @Test
    void shouldServeAPageWhoseElementsAreMalformed() throws Exception {
        try (Stage stage = new Stage(directory, on())) {
            page(stage, "/p", "1<esi:include/>2<esi:choose><esi:when test=\"((\">x</esi:when>3</esi:vars><esi:vars>4");

            Received reply = stage.visitor.get("/p");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).startsWith("12");
        }
    }

    private static String text(io.vertx.core.Future<Received> reply) throws Exception {
        return reply.toCompletionStage()
                .toCompletableFuture()
                .get(20, java.util.concurrent.TimeUnit.SECONDS)
                .text();
    }

    private static void gzip(Stage stage, String path, String text, String control) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        stage.origin.on(
                path,
                request -> request.response()
                        .putHeader("Content-Type", HTML)
                        .putHeader("Content-Encoding", "gzip")
                        .putHeader("Surrogate-Control", ASKS)
                        .putHeader("Cache-Control", control)
                        .end(Buffer.buffer(bytes.toByteArray())));
    }
}
