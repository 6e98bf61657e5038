package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Answer;
import io.pagecache.e2e.blackbox.ScriptedOrigin.Gate;
import io.pagecache.e2e.blackbox.Visitor.Reply;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every form of the proxy does. Each test has paths of its own; those that change the plan or end the process have their own proxy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyBlackBox {
    static final Path ROOT = Path.of(System.getProperty("pagecache.root", "../.."));
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final String HTML = "text/html; charset=utf-8";

    private final ScriptedOrigin origin = new ScriptedOrigin();
    private final SitePlan site = new SitePlan(origin.port());
    private PurgeLedger ledger = PurgeLedger.EMPTY;
    private WireFolder folder;
    private ProxyProcess proxy;
    private Visitor visitor;

    /** Which form is under test. */
    abstract ProxyForm form();

    @BeforeAll
    void start(@TempDir Path directory) {
        assertThat(form().artifact()).as("%s form", form()).isRegularFile();
        folder = served(directory);
        proxy = ProxyProcess.start(form(), folder, AT_ONCE).awaitReady();
        visitor = new Visitor(proxy.url());
    }

    @AfterAll
    void stop() {
        if (proxy != null) {
            visitor.close();
            proxy.close();
        }
        origin.close();
    }

    private WireFolder served(Path directory) {
        WireFolder filled = new WireFolder(directory);
        filled.write(site.plan("r1"));
        filled.write(PurgeLedger.EMPTY);
        return filled;
    }

    private PurgeLedger purge(PurgeScope... scopes) {
        ledger = ledger.append("@" + ledger.lastSequence(), PurgeMode.HARD, List.of(scopes), Instant.now());
        return ledger;
    }

    @Test
    void shouldSayThatItIsUpAndWhatItRuns() {
        assertThat(proxy.management().isUp("live")).isTrue();
        assertThat(proxy.management().isUp("started")).isTrue();
        assertThat(proxy.management().get("/q/health/ready").text()).contains("\"serving\"");
        assertThat(proxy.management().state().revision()).isEqualTo("r1");
        assertThat(proxy.management().state().rejection()).isNull();
    }

    @Test
    void shouldBecomeReadyWithItsFirstPlan(@TempDir Path directory) {
        WireFolder empty = new WireFolder(directory);
        try (ProxyProcess unplanned = ProxyProcess.start(form(), empty, AT_ONCE)) {
            unplanned.await("liveness", () -> unplanned.management().isUp("live"));
            boolean readyBefore = unplanned.management().isUp("ready");

            empty.write(site.plan("first"));

            unplanned.awaitReady();
            assertThat(readyBefore).isFalse();
            assertThat(unplanned.management().state().revision()).isEqualTo("first");
        }
    }

    @Test
    void shouldAnswerLaterVisitorsFromTheStore() {
        origin.counts("/page");

        Reply first = visitor.get("/page");
        List<Reply> others = List.of(visitor.get("/page"), visitor.get("/page"), visitor.get("/page"));

        assertThat(first.cacheStatus()).contains("fwd=uri-miss");
        assertThat(others).allSatisfy(other -> {
            assertThat(other.isHit()).isTrue();
            assertThat(other.text()).isEqualTo("/page 1");
            assertThat(other.field("Age")).isNotEmpty();
        });
    }

    @Test
    void shouldTellPagesApartByQueryAndLanguage() {
        origin.on("/query", (turn, request) -> Answer.text(turn + request.getFirst("Accept-Language")));

        Reply english = visitor.get("/query?a=1&utm_source=mail", "Accept-Language", "en-GB");
        Reply german = visitor.get("/query?a=1", "Accept-Language", "de-AT, en;q=0.5");
        Reply englishAgain = visitor.get("/query?utm_source=news&a=1", "Accept-Language", "en");

        assertThat(english.text()).isEqualTo("1en");
        assertThat(german.text()).isEqualTo("2de");
        assertThat(englishAgain.text()).isEqualTo("1en");
    }

    @Test
    void shouldSendOneRequestForACrowd() throws Exception {
        Gate gate = origin.holds("/crowd");

        CompletableFuture<Reply> leader = visitor.asks("/crowd");
        gate.awaitRequest();
        CompletableFuture<List<Reply>> others = CompletableFuture.supplyAsync(() -> visitor.crowd(50, "/crowd"));
        gate.letGo();

        assertThat(leader.get().text()).isEqualTo("/crowd 1");
        assertThat(others.get())
                .hasSize(50)
                .allSatisfy(reply -> assertThat(reply.text()).isEqualTo("/crowd 1"));
        assertThat(origin.requestsFor("/crowd")).isEqualTo(1);
    }

    @Test
    void shouldPurgeWhatIsPushed() {
        origin.counts("/tagged", "Surrogate-Key", "article-1").counts("/untouched");
        visitor.get("/tagged");
        visitor.get("/untouched");

        var state = proxy.management().push(purge(new PurgeScope.Tag("article-1")));

        assertThat(state.purgeSequence()).isEqualTo(ledger.lastSequence());
        assertThat(state.recentPurges().getLast().entries()).isEqualTo(1);
        assertThat(visitor.get("/tagged").text()).isEqualTo("/tagged 2");
        assertThat(visitor.get("/untouched").isHit()).isTrue();
    }

    @Test
    void shouldPurgeWhatTheFileOrdersInEveryScope() {
        List<String> paths = List.of("/by-url", "/by-prefix/a", "/by-regex");
        paths.forEach(path -> origin.counts(path));
        paths.forEach(visitor::get);

        folder.write(purge(
                new PurgeScope.Url("/by-url"),
                new PurgeScope.Prefix("/by-prefix/"),
                new PurgeScope.Regex("/by-[a-z]{5}"),
                new PurgeScope.Tag("nobody-has-it"),
                new PurgeScope.OlderThan(Duration.ofHours(1))));

        proxy.await("the purge", () -> proxy.management().state().purgeSequence() == ledger.lastSequence());
        assertThat(paths)
                .allSatisfy(path -> assertThat(visitor.get(path).text()).isEqualTo(path + " 2"));
    }

    @Test
    void shouldPurgeEverything() {
        origin.counts("/all");
        visitor.get("/all");

        proxy.management().push(purge(new PurgeScope.All()));

        assertThat(visitor.get("/all").isHit()).isFalse();
        assertThat(visitor.get("/all").text()).isEqualTo("/all 2");
    }

    @Test
    void shouldJoinFragmentsThatLiveForThemselves() {
        origin.on(
                "/esi/page",
                (turn, request) -> Answer.text(
                        turn
                                + "<esi:include src=\"box\"/><esi:try><esi:attempt><esi:include src=\"/esi/gone\"/></esi:attempt>"
                                + "<esi:except>!</esi:except></esi:try>",
                        "Content-Type",
                        HTML,
                        "Surrogate-Control",
                        "content=\"ESI/1.0\""));
        origin.counts("/esi/box", "Surrogate-Key", "box");

        Reply first = visitor.get("/esi/page");
        Reply second = visitor.get("/esi/page");
        proxy.management().push(purge(new PurgeScope.Tag("box")));
        Reply purged = visitor.get("/esi/page");

        assertThat(first.text()).isEqualTo("1/esi/box 1!");
        assertThat(second.text()).isEqualTo("1/esi/box 1!");
        assertThat(second.isHit()).isTrue();
        assertThat(purged.text()).isEqualTo("1/esi/box 2!");
        assertThat(purged.isHit()).isTrue();
    }

    @Test
    void shouldChooseAndEscapeWhatEsiTakesFromTheReader() {
        origin.on(
                "/esi/choice",
                (turn, request) -> Answer.text(
                        "<esi:choose><esi:when test=\"$(QUERY_STRING{n})>9 & $(HTTP_COOKIE{group})=='a'\">many</esi:when>"
                                + "<esi:otherwise>few</esi:otherwise></esi:choose> <esi:vars>$(HTTP_COOKIE{name}|'nobody')</esi:vars>",
                        "Content-Type",
                        HTML,
                        "Surrogate-Control",
                        "content=\"ESI/1.0\""));

        Reply many = visitor.get("/esi/choice?n=10", "Cookie", "group=a; name=%3Cesi:include src='/x'/%3E");
        Reply few = visitor.get("/esi/choice?n=9", "Cookie", "group=a");

        assertThat(many.text()).isEqualTo("many &lt;esi:include src=&#39;/x&#39;/&gt;");
        assertThat(few.text()).isEqualTo("few nobody");
        assertThat(few.field("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void shouldFillAStoredPageForEachReader() {
        origin.on(
                "/personal",
                (turn, request) -> Answer.text(
                        "<p><!--pc:get user \"guest\"-->, <!--pc:element greeting-->, <!--pc:get theme \"plain\"--></p>",
                        "Content-Type",
                        HTML));
        origin.on(
                "/session",
                (turn, request) -> Answer.text(
                        "{\"name\":\"" + request.getFirst("Cookie").replace("sid=", "No. ") + "\"}",
                        "Content-Type",
                        "application/json"));
        visitor.get("/personal?theme=dark");

        Reply ann = visitor.get("/personal?theme=dark", "Cookie", "user=Ann & <Co>; sid=7");
        Reply nobody = visitor.get("/personal?theme=dark");

        assertThat(ann.isHit()).isTrue();
        assertThat(ann.text()).isEqualTo("<p>Ann &amp; &lt;Co&gt;, Hello No. 7, dark</p>");
        assertThat(nobody.text()).isEqualTo("<p>guest, Hello nobody, dark</p>");
        assertThat(ann.field("Cache-Control")).contains("private");
        assertThat(origin.requestsFor("/personal")).isEqualTo(1);
    }

    @Test
    void shouldServeGzipAndIdentityOfOnePage() throws IOException {
        String text = "All work and no play. ".repeat(500);
        origin.on("/long", (turn, request) -> Answer.text(text, "Content-Type", HTML));

        Reply identity = visitor.get("/long");
        Reply gzip = visitor.get("/long", "Accept-Encoding", "gzip");

        assertThat(identity.text()).isEqualTo(text);
        assertThat(gzip.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.isHit()).isTrue();
        assertThat(gzip.bytes().length).isLessThan(text.length() / 10);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.bytes())).readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(text);
    }

    @Test
    void shouldNotSendAgainWhatAVisitorHas() {
        origin.counts("/validated", "Content-Type", HTML);
        String etag = visitor.get("/validated").field("ETag");

        Reply again = visitor.get("/validated", "If-None-Match", etag);
        Reply part = visitor.get("/validated", "Range", "bytes=1-4");

        assertThat(etag).startsWith("\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("vali");
    }

    @Test
    void shouldNotConsultTheCacheWhereThePlanSaysSo() {
        origin.counts("/account/me").counts("/preview");

        Reply account = visitor.get("/account/me");
        Reply stored = visitor.get("/preview");
        Reply preview = visitor.get("/preview", "X-Preview", "yes");
        Reply staff = visitor.get("/preview", "Cookie", "staff=1");

        assertThat(account.cacheStatus()).contains("detail=rule-never");
        assertThat(visitor.get("/account/me").text()).isEqualTo("/account/me 2");
        assertThat(stored.text()).isEqualTo("/preview 1");
        assertThat(preview.cacheStatus()).contains("fwd=bypass").contains("detail=bypass-header");
        assertThat(staff.cacheStatus()).contains("detail=bypass-cookie");
        assertThat(visitor.get("/preview").text()).isEqualTo("/preview 1");
    }

    @Test
    void shouldMatchRulesByExpression() {
        origin.counts("/site.css", "Cache-Control", "max-age=0");
        visitor.get("/site.css");

        assertThat(visitor.get("/site.css").isHit()).isTrue();
    }

    @Test
    void shouldPassOnWhatIsTooLargeToKeepWhole() {
        byte[] large = new byte[6 << 20];
        new Random(7).nextBytes(large);
        origin.on("/account/download", (turn, request) -> new Answer(200, large));

        assertThat(visitor.get("/account/download").bytes()).isEqualTo(large);
    }

    @Test
    void shouldForwardWhatIsPosted() {
        origin.counts("/account/form");

        Reply reply = visitor.send("POST", "/account/form", "name=Ann");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.cacheStatus()).contains("fwd=");
    }

    @Test
    void shouldRefuseAmbiguousFraming() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", proxy.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(
                            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void shouldRefuseHostsThatItDoesNotServe() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", proxy.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(ascii("GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 421 ").contains("detail=unknown-host");
        }
    }

    @Test
    void shouldLetProtocolsBeSwitched(@TempDir Path directory) throws IOException {
        WireFolder switching = new WireFolder(directory);
        try (EchoOrigin echo = new EchoOrigin()) {
            switching.write(new SitePlan(echo.port()).plan("r1"));
            try (ProxyProcess between =
                            ProxyProcess.start(form(), switching, AT_ONCE).awaitReady();
                    Socket socket = new Socket("127.0.0.1", between.port())) {
                socket.setSoTimeout(30_000);

                OutputStream out = socket.getOutputStream();
                out.write(ascii("GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
                String head = EchoOrigin.head(socket.getInputStream());
                out.write(ascii("over the wire"));

                assertThat(head).startsWith("HTTP/1.1 101 ").containsIgnoringCase("upgrade: websocket");
                assertThat(socket.getInputStream().readNBytes(13)).isEqualTo(ascii("over the wire"));
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldAnswerForAnOriginThatIsDown(@TempDir Path directory) {
        WireFolder deserted = new WireFolder(directory);
        deserted.write(new SitePlan(1).plan("r1"));
        try (ProxyProcess alone = ProxyProcess.start(form(), deserted, AT_ONCE).awaitReady();
                Visitor hopeful = new Visitor(alone.url())) {
            Reply reply = hopeful.get("/page");

            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.cacheStatus()).contains("detail=origin-unreachable");
            assertThat(alone.management().state().originFailingSince()).isNotNull();
        }
    }

    @Test
    void shouldTakeUpANewPlanAndRefuseABrokenOne(@TempDir Path directory) {
        WireFolder changing = served(directory);
        origin.counts("/reloaded");
        try (ProxyProcess changed =
                        ProxyProcess.start(form(), changing, AT_ONCE).awaitReady();
                Visitor reader = new Visitor(changed.url())) {
            reader.get("/reloaded");

            changing.write(site.plan("r2", Behaviour.Cache.NEVER));
            changed.await(
                    "plan r2", () -> "r2".equals(changed.management().state().revision()));
            Reply underNewPlan = reader.get("/reloaded");
            changing.writePlan("{\"formatVersion\":1,\"revision\":\"r3\"");
            changed.await("the refusal", () -> changed.management().state().rejection() != null);

            assertThat(underNewPlan.cacheStatus()).contains("detail=rule-never");
            assertThat(changed.management().state().rejection())
                    .startsWith("plan.json: document is not JSON at line 1");
            assertThat(changed.management().state().revision()).isEqualTo("r2");
            assertThat(changed.management().isUp("ready")).isTrue();
        }
    }

    @Test
    void shouldTakeUpAPlanThatIsPushedAndSayWhyNot(@TempDir Path directory) {
        WireFolder pushed = served(directory);
        try (ProxyProcess other = ProxyProcess.start(form(), pushed, AT_ONCE).awaitReady()) {
            Reply taken = other.management().push(site.plan("r2"));
            Reply refused = other.management()
                    .pushPlan(WireFolder.json(site.plan("r3")).replace("\"cacheBytes\":134217728", "\"cacheBytes\":1"));

            assertThat(taken.status()).isEqualTo(204);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).contains("\"field\":\"cacheBytes\"").contains("at least 1048576");
            assertThat(other.management().state().revision()).isEqualTo("r2");
        }
    }

    @Test
    void shouldManageForNobodyWithoutTheToken() {
        assertThat(proxy.management().get("/v1/state").status()).isEqualTo(401);
        assertThat(proxy.management().get("/v1/stats").status()).isEqualTo(401);
    }

    @Test
    void shouldCountWhatItServes() {
        origin.counts("/counted", "Cache-Control", "no-store");
        visitor.get("/counted");
        proxy.await(
                "the count",
                () -> proxy.management().stats().topUncacheable().stream()
                        .anyMatch(page -> page.path().equals("/counted")));

        var stats = proxy.management().stats();
        String metrics = proxy.management().get("/q/metrics").text();

        assertThat(stats.requests())
                .isPositive()
                .isEqualTo(stats.hits() + stats.misses() + stats.stale() + stats.bypassed() + stats.errors());
        assertThat(metrics)
                .contains("pagecache_requests_total{")
                .contains("pagecache_plan_info{")
                .contains("jvm_memory_used_bytes{");
    }

    @Test
    void shouldLogOneLineForEachRequest() {
        origin.counts("/logged");
        visitor.get("/logged", "User-Agent", "Quote\" 1.0");

        proxy.await("the line", () -> !proxy.accessLogOf("/logged").isEmpty());

        assertThat(proxy.accessLogOf("/logged"))
                .singleElement()
                .asString()
                .contains("\"status\":200")
                .contains("\"outcome\":\"miss\"")
                .contains("Quote\\\" 1.0");
    }

    @Test
    void shouldFinishWhatIsUnderWayBeforeItLeaves(@TempDir Path directory) throws Exception {
        Gate gate = origin.holds("/slow");
        ProxyProcess leaving = ProxyProcess.start(form(), served(directory), Duration.ofMillis(500))
                .awaitReady();
        try (leaving;
                Visitor last = new Visitor(leaving.url())) {
            CompletableFuture<Reply> underWay = last.asks("/slow");
            gate.awaitRequest();

            leaving.terminate();
            leaving.await("the end of readiness", () -> !leaving.management().isUp("ready"));
            gate.letGo();

            assertThat(underWay.get().text()).isEqualTo("/slow 1");
            assertThat(leaving.awaitExit()).isIn(0, 143);
        }
    }
}
