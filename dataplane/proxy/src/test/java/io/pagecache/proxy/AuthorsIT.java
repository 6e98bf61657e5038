package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.author.AuthorSeal;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.Authors;
import io.pagecache.plan.Authors.Identity;
import io.pagecache.plan.Peers;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.plan.Rule;
import io.pagecache.proxy.actors.Proxy;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor;
import io.pagecache.proxy.actors.Visitor.Received;
import io.pagecache.proxy.reload.WireJson;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two proxies of one policy, who edits, and what readers see of it. */
@Tag("seed:W7")
@Tag("seed:W37")
@Tag("seed:W40")
class AuthorsIT {
    private static final String[] TOKEN = {"Authorization", "Bearer " + Proxy.TOKEN};
    private static final Duration QUIET = Duration.ofSeconds(1000);

    @TempDir
    Path directory;

    private Stage stage;
    private Vertx vertx; // of its own: in one Vert.x all servers on "any port" are one server
    private Proxy other;
    private Visitor there;
    private Visitor othersOperator;

    private static SamplePlan plan(Authors.Mode mode, Identity... identities) {
        SamplePlan plan = SamplePlan.plan();
        plan.authors = new Authors(
                List.of(new Authors.EditRequest(
                        List.of("POST"), new Rule.PathMatch(Rule.PathMatch.Type.PREFIX, "/edit"), List.of())),
                List.of(identities),
                mode,
                QUIET,
                Duration.ofSeconds(150));
        return plan;
    }

    @BeforeEach
    void open() throws Exception {
        begin(plan(Authors.Mode.QUIET, Identity.COOKIE));
    }

    private void begin(SamplePlan plan) throws Exception {
        stage = new Stage(Files.createDirectories(directory.resolve("one" + System.nanoTime())), plan);
        vertx = Vertx.vertx();
        other = new Proxy(vertx, Files.createDirectories(directory.resolve("two" + System.nanoTime())), plan);
        there = new Visitor(vertx, other.port());
        othersOperator = new Visitor(vertx, other.managementPort());
        tellPeers(stage.operator, other.managementPort());
        tellPeers(othersOperator, stage.proxy.managementPort());
    }

    private void begin(Authors.Mode mode, Identity... identities) throws Exception {
        close();
        begin(plan(mode, identities));
    }

    @AfterEach
    void close() throws Exception {
        other.close();
        Sync.get(vertx.close());
        stage.close();
    }

    private static void tellPeers(Visitor operator, int port) {
        Received told = operator.sends("PUT", "/v1/peers", json(new Peers(List.of("127.0.0.1:" + port))), TOKEN);
        assertThat(told.status()).isEqualTo(204);
    }

    private static String json(Object value) {
        return new String(WireJson.write(value), StandardCharsets.UTF_8);
    }

    private void stored(String path) {
        for (int i = 0; i < 4; i++) { // the fast path takes down an answer that is asked for again and again
            stage.visitor.get(path);
            there.get(path);
        }
    }

    private String edits(Visitor visitor) {
        Received answer = visitor.post("/edit/page", "text=new");
        assertThat(answer.status()).isEqualTo(200);
        return answer.header("Set-Cookie");
    }

    private static String cookie(String setCookie) {
        return setCookie.substring(0, setCookie.indexOf(';'));
    }

    private static AuthorRoll roll(Visitor operator) {
        return WireJson.read(operator.get("/v1/authors", TOKEN).body().getBytes(), AuthorRoll.class);
    }

    private static Received cutsOver(Visitor operator, Instant at, Instant publishes, String... fields) {
        PurgeOrder order = new PurgeOrder(
                1,
                "cut-over",
                PurgeMode.HARD,
                List.of(new PurgeScope.All()),
                publishes,
                new PurgeOrder.CutOver(at, publishes));
        String[] all = new String[TOKEN.length + fields.length];
        System.arraycopy(TOKEN, 0, all, 0, TOKEN.length);
        System.arraycopy(fields, 0, all, TOKEN.length, fields.length);
        return operator.sends("POST", "/v1/purges", json(new PurgeLedger(1, List.of(order))), all);
    }

    @Test
    @DisplayName(
            "W40, W7: an edit makes its client an author on all proxies before it is answered; readers see the old page")
    void shouldShowAnAuthorTheNewSiteOnEveryProxyAndReadersTheOldOne() {
        stored("/page");
        String before = there.get("/page").text();

        String setCookie = edits(stage.visitor);

        assertThat(setCookie).startsWith(AuthorSeal.COOKIE + "=").contains("HttpOnly", "SameSite=Lax", "Path=/");
        Received seen = there.get("/page", "Cookie", "a=b; " + cookie(setCookie) + "; c=d");
        assertThat(seen.cacheStatus()).contains("fwd=bypass").contains("detail=author");
        assertThat(seen.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(seen.text()).isNotEqualTo(before);
        assertThat(stage.origin.lastSeen().header("Cookie")).isEqualTo("a=b; c=d");
        assertThat(there.get("/page").text()).isEqualTo(before);
        assertThat(there.get("/page").cacheStatus()).contains("hit");
        assertThat(roll(othersOperator)).isEqualTo(roll(stage.operator));
        assertThat(roll(othersOperator).authors()).hasSize(1);
    }

    @Test
    @DisplayName("W42: readers keep the old site beyond the lifetime of its pages, and nothing refreshes it")
    void shouldNotRefreshWhatIsHeld() {
        stored("/page");
        String before = there.get("/page").text();
        edits(stage.visitor);
        long asked = stage.origin.requestsFor("/page");

        other.clock.advance(Duration.ofSeconds(900));

        assertThat(there.get("/page").cacheStatus()).contains("hit").contains("detail=held-for-authors");
        assertThat(there.get("/page").text()).isEqualTo(before);
        assertThat(stage.origin.requestsFor("/page")).isEqualTo(asked);
    }

    @Test
    @DisplayName("W35, W41: a cut-over shows everybody the new site and makes authors readers again")
    void shouldCutOver() {
        stored("/page");
        String before = there.get("/page").text();
        String setCookie = edits(stage.visitor);
        Instant now = other.clock.instant();

        cutsOver(othersOperator, now, now);

        Received after = there.get("/page");
        assertThat(after.text()).isNotEqualTo(before);
        assertThat(there.get("/page", "Cookie", cookie(setCookie)).text()).isEqualTo(after.text());
        assertThat(roll(othersOperator).authors()).isEmpty();
        assertThat(roll(othersOperator).publishedUpTo()).isEqualTo(now);
    }

    @Test
    @DisplayName("clock skew: a proxy whose clock is an hour behind cuts over when the operator's clock says so")
    void shouldWaitForTheInstantByTheOperatorsClock() {
        stored("/page");
        String before = there.get("/page").text();
        edits(stage.visitor);
        Instant operatorsNow = other.clock.instant().plus(Duration.ofHours(1));

        Received early = cutsOver(
                othersOperator,
                operatorsNow.plusMillis(200),
                operatorsNow,
                PurgeLedger.SENT_AT,
                operatorsNow.toString());

        assertThat(WireJson.read(early.body().getBytes(), io.pagecache.plan.ProxyState.class)
                        .purgeSequence())
                .isZero();
        assertThat(there.get("/page").text()).isEqualTo(before);
        other.clock.advance(Duration.ofMillis(200));
        await().untilAsserted(() -> assertThat(there.get("/page").text()).isNotEqualTo(before));
    }

    @Test
    @DisplayName("an instant too far ahead is the word of a broken clock")
    void shouldNotWaitForAnInstantFarAhead() {
        stored("/page");
        String before = there.get("/page").text();
        Instant now = other.clock.instant();

        cutsOver(othersOperator, now.plus(Duration.ofHours(5)), now, PurgeLedger.SENT_AT, now.toString());

        assertThat(there.get("/page").text()).isNotEqualTo(before);
    }

    @Test
    void shouldMakeNobodyAnAuthorWhoseEditFailed() {
        stage.origin.answersStatus("/edit/page", 403);

        Received answer = stage.visitor.post("/edit/page", "text=new");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Set-Cookie")).isNull();
        assertThat(roll(stage.operator)).isEqualTo(AuthorRoll.EMPTY);
    }

    @Test
    void shouldNotHoldBackInvalidationWithoutAuthors() {
        stored("/comments");
        String before = stage.visitor.get("/comments").text();

        stage.visitor.post("/comments", "text=first");

        assertThat(stage.visitor.get("/comments").text()).isNotEqualTo(before);
    }

    @Test
    @DisplayName("what readers post while somebody edits does not show them half of the new site")
    void shouldHoldBackInvalidationWhileSomebodyEdits() {
        stored("/comments");
        String before = stage.visitor.get("/comments").text();
        edits(stage.visitor);

        stage.visitor.post("/comments", "text=first");

        assertThat(stage.visitor.get("/comments").text()).isEqualTo(before);
    }

    @Test
    void shouldBelieveNoForgedCookie() {
        stored("/page");
        String setCookie = edits(stage.visitor);
        String forged = cookie(setCookie).replace("=1.", "=1.0");

        assertThat(there.get("/page", "Cookie", forged).cacheStatus()).contains("hit");
        assertThat(there.get("/page", "Cookie", AuthorSeal.COOKIE + "=1.x.1.y").cacheStatus())
                .contains("hit");
        assertThat(there.get("/page", "Cookie", AuthorSeal.COOKIE + "=").cacheStatus())
                .contains("hit");
    }

    @Test
    @DisplayName("partition: a proxy that could not be told learns of an author from the cookie")
    void shouldAnswerInTimeWithoutAPeerAndLetTheCookieTell() throws Exception {
        stored("/page");
        tellPeers(stage.operator, 1);

        String setCookie = edits(stage.visitor);

        assertThat(stage.proxy
                        .meters
                        .get("pagecache.authors.unshared")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(roll(othersOperator).authors()).isEmpty();
        assertThat(there.get("/page", "Cookie", cookie(setCookie)).cacheStatus())
                .contains("detail=author");
        assertThat(roll(othersOperator).authors()).hasSize(1);
    }

    @Test
    @DisplayName("restart: a proxy takes up its authors from authors.json")
    void shouldTakeUpAuthorsFromTheDirectory() throws Exception {
        stored("/page");
        String setCookie = edits(stage.visitor);
        AuthorRoll roll = roll(stage.operator);
        Path started = Files.createDirectories(directory.resolve("three"));
        Files.write(started.resolve("authors.json"), WireJson.write(roll));

        SamplePlan plan = plan(Authors.Mode.QUIET, Identity.COOKIE);
        plan.originPort = stage.origin.port();
        Vertx own = Vertx.vertx();
        try (Proxy restarted = new Proxy(own, started, plan)) {
            assertThat(restarted.dataplane().state().authors()).isEqualTo(roll);
            Visitor reader = new Visitor(own, restarted.port());
            assertThat(reader.get("/page", "Cookie", cookie(setCookie)).cacheStatus())
                    .contains("detail=author");
        } finally {
            Sync.get(own.close());
        }
    }

    @Test
    @DisplayName("W40: an author may be known by address; no proxy tells or keeps the address itself")
    void shouldKnowAnAuthorByAddress() throws Exception {
        SamplePlan plan = plan(Authors.Mode.QUIET, Identity.CLIENT_IP);
        plan.trustedProxies = List.of("127.0.0.0/8");
        close();
        begin(plan);
        stored("/page");
        String[] author = {"X-Forwarded-For", "192.0.2.7"};

        Received answer = stage.visitor.post("/edit/page", "text=new", author);

        assertThat(answer.header("Set-Cookie")).isNull();
        assertThat(there.get("/page", author).cacheStatus()).contains("detail=author");
        assertThat(there.get("/page", "X-Forwarded-For", "192.0.2.8").cacheStatus())
                .contains("hit");
        assertThat(there.get("/page").cacheStatus()).contains("hit");
        assertThat(othersOperator.get("/v1/authors", TOKEN).text()).doesNotContain("192.0.2.7");
    }

    @Test
    @DisplayName("one person with cookie and address is one author")
    void shouldCountAnAuthorOnce() throws Exception {
        begin(Authors.Mode.QUIET, Identity.COOKIE, Identity.CLIENT_IP);

        String setCookie = edits(stage.visitor);
        stage.visitor.post("/edit/page", "again", "Cookie", cookie(setCookie));
        stage.visitor.post("/edit/page", "again, without the cookie");

        assertThat(roll(stage.operator).authors()).hasSize(1);
    }

    @Test
    @DisplayName("W37: in Immediate mode an edit purges the whole site on all proxies before it is answered")
    void shouldPurgeEverywhereAtEachEdit() throws Exception {
        begin(Authors.Mode.IMMEDIATE, Identity.COOKIE);
        stored("/page");
        String before = there.get("/page").text();

        String setCookie = edits(stage.visitor);

        assertThat(setCookie).isNull();
        assertThat(there.get("/page").text()).isNotEqualTo(before);
        assertThat(roll(othersOperator).authors()).isEmpty();
    }

    @Test
    @DisplayName("the operator tells of a save again and again: it purges once")
    void shouldPurgeOnceForASave() throws Exception {
        begin(Authors.Mode.IMMEDIATE, Identity.COOKIE);
        edits(stage.visitor);
        stored("/page");
        String told = json(roll(stage.operator));

        othersOperator.sends("POST", "/v1/authors", told, TOKEN);

        assertThat(there.get("/page").cacheStatus()).contains("hit");
    }

    @Test
    void shouldForgetAnAuthorAndKeepTheEditsToBePublished() {
        stored("/page");
        String setCookie = edits(stage.visitor);
        String id = roll(stage.operator).authors().getFirst().id();

        Received forgotten = stage.operator.sends("DELETE", "/v1/authors/" + id, "", TOKEN);

        assertThat(forgotten.status()).isEqualTo(200);
        assertThat(there.get("/page", "Cookie", cookie(setCookie)).cacheStatus())
                .contains("hit");
        assertThat(roll(othersOperator).forgotten()).hasSize(1);
        assertThat(stage.operator
                        .sends("DELETE", "/v1/authors/nobody", "", TOKEN)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldPassOnTheWishToCutOver() {
        Received asked = stage.operator.sends("POST", "/v1/authors/cut-over", "", TOKEN);

        AuthorRoll roll = WireJson.read(asked.body().getBytes(), AuthorRoll.class);
        assertThat(roll.cutOverAsked()).isAfter(roll.publishedUpTo());
    }

    @Test
    @DisplayName("the operator is down: the proxies cut over by themselves, a while later")
    void shouldCutOverByItselfWhenNobodyElseDoes() {
        stored("/page");
        String before = there.get("/page").text();
        edits(stage.visitor);

        other.clock.advance(QUIET.plusSeconds(61));

        await().untilAsserted(() -> assertThat(there.get("/page").text()).isNotEqualTo(before));
        assertThat(roll(othersOperator).authors()).isEmpty();
    }

    @Test
    void shouldRefuseARollThatIsNone() {
        Received refused = stage.operator.sends("POST", "/v1/authors", "{\"sessions\":7}", TOKEN);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("\"field\":\"sessions\"");
        assertThat(stage.operator.sends("PUT", "/v1/peers", "[]", TOKEN).status())
                .isEqualTo(422);
    }
}
