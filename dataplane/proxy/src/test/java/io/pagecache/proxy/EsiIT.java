package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Pages;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.Variants;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin.Gate;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:T30")
class EsiIT {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String ASKS = "content=\"ESI/1.0\"";

    @TempDir
    Path directory;

    private static SamplePlan surrogate() {
        SamplePlan plan = SamplePlan.plan();
        plan.esi = Behaviour.Esi.SURROGATE;
        return plan;
    }

    private static SamplePlan on() {
        SamplePlan plan = SamplePlan.plan();
        plan.esi = Behaviour.Esi.ON;
        return plan;
    }

    private static void page(Stage stage, String path, String body, String... fields) {
        String[] all = new String[fields.length + 4];
        System.arraycopy(fields, 0, all, 0, fields.length);
        all[fields.length] = "Content-Type";
        all[fields.length + 1] = HTML;
        all[fields.length + 2] = "Surrogate-Control";
        all[fields.length + 3] = ASKS;
        stage.origin.answers(path, body, all);
    }

    private static double counted(Stage stage, String meter, String tag, String value) {
        return stage.proxy.meters.get(meter).tag(tag, value).counter().count();
    }

    private static double absent(Stage stage, String reason) {
        return counted(stage, "pagecache.esi.fragments.absent", "reason", reason);
    }

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

    private static Behaviour withEsi(Behaviour like, Behaviour.Esi esi) {
        SamplePlan plan = SamplePlan.plan();
        plan.esi = esi;
        return plan.behaviour();
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

    private static String text(io.vertx.core.Future<Received> reply) throws Exception {
        return reply.toCompletionStage()
                .toCompletableFuture()
                .get(20, java.util.concurrent.TimeUnit.SECONDS)
                .text();
    }

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

    @Test
    void shouldServeAPageWhoseElementsAreMalformed() throws Exception {
        try (Stage stage = new Stage(directory, on())) {
            page(stage, "/p", "1<esi:include/>2<esi:choose><esi:when test=\"((\">x</esi:when>3</esi:vars><esi:vars>4");

            Received reply = stage.visitor.get("/p");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).startsWith("12");
        }
    }
}
