package io.pagecache.storing;

import static io.pagecache.samples.SampleAnswer.DATE;
import static io.pagecache.samples.SampleAnswer.answer;
import static io.pagecache.samples.SampleRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Behaviour.RequestCookies;
import io.pagecache.samples.SampleAnswer;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import io.pagecache.status.Reason;
import io.pagecache.storing.StoreDecision.Discard;
import io.pagecache.storing.StoreDecision.MarkUncacheable;
import io.pagecache.storing.StoreDecision.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 section 3: storing answers")
@Tag("seed:T37")
@Tag("seed:W53")
@Tag("seed:W74")
class Rfc9111StoringTest {
    private static final PageRequest REQUEST = get("/");
    private static final PageRequest WITH_COOKIE = get("/", "Cookie", "sid=1; theme=dark");
    private static final PageRequest AUTHORIZED = get("/", "Authorization", "Basic eDp5");

    private final SampleRule rule = SampleRule.rule();

    @Test
    @DisplayName("3: what has a lifetime is kept")
    void shouldKeepWhatHasALifetime() {
        StoreDecision decision = decide(REQUEST, answer("Cache-Control", "max-age=60", "Age", "5"));

        assertThat(decision).isInstanceOfSatisfying(Store.class, store -> {
            assertThat(store.lifetime()).isEqualTo(Duration.ofSeconds(60));
            assertThat(store.initialAge()).isEqualTo(Duration.ofSeconds(5));
            assertThat(store.windows().longest()).isZero();
        });
    }

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @DisplayName("3, 5.2.2.5, 5.2.2.7, 7.3: no-store, private and Set-Cookie are never shared, whatever else is said")
    @CsvSource(delimiter = '|', textBlock = """
        Cache-Control | no-store, max-age=60, public | NO_STORE
        Cache-Control | private, s-maxage=60         | PRIVATE
        Cache-Control | private="x", max-age=60      | PRIVATE
        Cache-Control | max-age="60                  | NO_STORE
        Set-Cookie    | sid=1                        | SET_COOKIE
        Vary          | *                            | VARY_STAR
        Vary          | Accept, *                    | VARY_STAR
        Surrogate-Control | no-store                 | NO_STORE
        CDN-Cache-Control | private                  | PRIVATE
        """)
    void shouldNotKeep(String field, String value, Reason reason) {
        rule.cache(Behaviour.Cache.ALWAYS).ttl(60).staleIfError(60);

        assertThat(reasonOf(decide(REQUEST, answer(field, value, "Expires", "Sun, 22 Nov 2026 11:00:00 GMT"))))
                .isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0} → kept: {1}")
    @DisplayName("3.5, HARDENING E11: an answer to Authorization is kept only when the origin says so")
    @CsvSource(delimiter = '|', textBlock = """
        max-age=60                   | false
        public, max-age=60           | true
        s-maxage=60                  | true
        must-revalidate, max-age=60  | true
        proxy-revalidate, max-age=60 | false
        """)
    void shouldKeepAuthorizedOnTheOriginsWord(String field, boolean kept) {
        rule.ttl(60);

        assertThat(decide(AUTHORIZED, answer("Cache-Control", field)) instanceof Store)
                .isEqualTo(kept);
    }

    @Test
    @DisplayName("DESIGN 4.2: … or a rule keeps each user's pages apart")
    void shouldKeepAuthorizedPagesApart() {
        rule.ttl(60).keyHeaders("authorization");

        assertThat(decide(AUTHORIZED, answer())).isInstanceOf(Store.class);
        assertThat(reasonOf(decide(AUTHORIZED, answer("Cache-Control", "private"))))
                .isEqualTo(Reason.PRIVATE);
    }

    @ParameterizedTest(name = "{0}: {1} → kept: {2}")
    @DisplayName("DESIGN 4.2, seed N5: where cookies reached the origin only its explicit word counts")
    @CsvSource(delimiter = '|', textBlock = """
        Cache-Control | max-age=60                    | true
        Cache-Control | s-maxage=60                   | true
        Cache-Control | public                        | true
        Expires       | Sun, 22 Nov 2026 11:00:00 GMT | true
        Last-Modified | Thu, 12 Nov 2026 10:00:00 GMT | false
        X-Nothing     | said                          | false
        """)
    void shouldNotFillTheGapWhereCookiesReachedTheOrigin(String field, String value, boolean kept) {
        rule.ttl(60);

        StoreDecision decision = decide(WITH_COOKIE, answer("Date", DATE, field, value));

        assertThat(decision instanceof Store).isEqualTo(kept);
        assertThat(kept || reasonOf(decision) == Reason.COOKIE_WITHOUT_EXPLICIT_FRESHNESS)
                .isTrue();
    }

    @Test
    @DisplayName("DESIGN 4.2: cookies that are stripped, or in the key, or none, leave the gap to the policy")
    void shouldFillTheGapWhereCookiesDoNotMatter() {
        assertThat(decide(REQUEST, answer(), SampleRule.rule().ttl(60))).isInstanceOf(Store.class);
        assertThat(decide(WITH_COOKIE, answer(), SampleRule.rule().ttl(60).requestCookies(RequestCookies.Mode.STRIP)))
                .isInstanceOf(Store.class);
        assertThat(decide(
                        WITH_COOKIE,
                        answer(),
                        SampleRule.rule()
                                .ttl(60)
                                .requestCookies(RequestCookies.Mode.ONLY, "theme")
                                .keyCookies("theme")))
                .isInstanceOf(Store.class);
        assertThat(decide(
                        WITH_COOKIE,
                        answer(),
                        SampleRule.rule().ttl(60).requestCookies(RequestCookies.Mode.ONLY, "sid")))
                .isInstanceOf(MarkUncacheable.class);
        assertThat(decide(WITH_COOKIE, answer(), SampleRule.rule().ttl(60).cache(Behaviour.Cache.ALWAYS)))
                .isInstanceOf(Store.class);
    }

    @ParameterizedTest
    @DisplayName(
            "3, HARDENING E6: errors and temporary redirects are kept on the origin's word, not on the policy's ttl")
    @ValueSource(ints = {302, 307, 400, 403, 404, 405, 410, 414, 431, 500, 501, 503, 599})
    void shouldKeepErrorsOnTheOriginsWordOnly(int status) {
        rule.ttl(60).staleIfError(60);

        assertThat(reasonOf(decide(REQUEST, answer("ETag", "\"a\"").status(status))))
                .isEqualTo(Reason.STATUS_NOT_CACHEABLE);
        assertThat(decide(REQUEST, answer("Cache-Control", "max-age=5").status(status)))
                .isInstanceOf(Store.class);
    }

    @Test
    @DisplayName("seed T37, W53: a status that the policy names is kept")
    void shouldKeepStatusesByName() {
        rule.ttlOf(404, 30);

        assertThat(decide(REQUEST, answer().status(404)))
                .isInstanceOfSatisfying(
                        Store.class, store -> assertThat(store.lifetime()).isEqualTo(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @DisplayName("W53: the origin's word on an error counts for minutes, on a page for as long as it says")
    @CsvSource({"404, 300", "410, 300", "503, 300", "200, 86400", "301, 86400"})
    void shouldNotBelieveALongLifetimeOfErrors(int status, long seconds) {
        assertThat(decide(REQUEST, answer("Cache-Control", "max-age=86400").status(status)))
                .isInstanceOfSatisfying(
                        Store.class, store -> assertThat(store.lifetime()).isEqualTo(Duration.ofSeconds(seconds)));
    }

    @Test
    @DisplayName("W53: what the policy says of a status holds, however long")
    void shouldBelieveThePolicyOnErrors() {
        rule.ttlOf(410, 86_400);

        assertThat(decide(REQUEST, answer().status(410)))
                .isInstanceOfSatisfying(
                        Store.class, store -> assertThat(store.lifetime()).isEqualTo(Duration.ofDays(1)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("3.3, HARDENING E17: a part of unknown place or coding, or without the origin's word, is not kept")
    @CsvSource(
            delimiter = '^',
            value = {
                "Content-Range ^ none",
                "Content-Range ^ bytes 0-4",
                "Content-Range ^ bytes 0-4/*",
                "Content-Range ^ bytes */10",
                "Content-Range ^ bytes 4-0/10",
                "Content-Range ^ bytes 0-10/10",
                "Content-Range ^ bytes +0-4/10",
                "Content-Range ^ bytes 0-4/99999999999",
                "Content-Range ^ lines 0-4/10",
                "Content-Encoding ^ gzip",
                "Cache-Control ^ no-store, max-age=60",
                "Cache-Control ^ private, max-age=60",
                "Cache-Control ^ no-cache, max-age=60",
                "Cache-Control ^ public",
                "Set-Cookie ^ a=b",
                "Vary ^ *"
            })
    void shouldNotKeepParts(String field, String value) {
        rule.ttl(60);
        Headers head =
                Headers.of("Cache-Control", "max-age=60", "Content-Range", "bytes 0-4/10", "ETag", "\"v\"").toBuilder()
                        .set(field, value)
                        .build();

        assertThat(decide(REQUEST, answer(namesAndValues(head)).status(206))).isInstanceOf(Discard.class);
    }

    private static String[] namesAndValues(Headers headers) {
        List<String> all = new ArrayList<>();
        headers.forEach((name, value) -> {
            all.add(name);
            all.add(value);
        });
        return all.toArray(String[]::new);
    }

    @Test
    @DisplayName("3.3: one part of a known whole is kept on the origin's word, and never longer")
    void shouldKeepOnePart() {
        assertThat(decide(
                        REQUEST,
                        answer("Cache-Control", "max-age=60", "Content-Range", "bytes 0-4/10", "ETag", "\"v\"")
                                .status(206)))
                .isInstanceOfSatisfying(Store.class, store -> {
                    assertThat(store.lifetime()).isEqualTo(Duration.ofSeconds(60));
                    assertThat(store.windows()).isEqualTo(StaleWindows.NONE);
                });
    }

    @ParameterizedTest
    @DisplayName("HARDENING E15, E16: an answer to HEAD, a stray 304, a 412 or 416 says nothing about the page")
    @CsvSource({"HEAD, 200", "GET, 304", "GET, 412", "GET, 416"})
    void shouldDiscardWhatIsNoPage(String method, int status) {
        StoreDecision decision = decide(
                SampleRequest.request("/").method(method).build(),
                answer("Cache-Control", "max-age=60").status(status));

        assertThat(decision).isInstanceOf(Discard.class);
    }

    @ParameterizedTest(name = "{0} {1} → kept: {2}")
    @DisplayName("5.2.2.3: must-understand overrides no-store for statuses that are understood, and forbids the others")
    @CsvSource(delimiter = '|', textBlock = """
        200 | must-understand, no-store, max-age=60 | true
        404 | must-understand, no-store, max-age=60 | true
        299 | must-understand, no-store, max-age=60 | false
        299 | must-understand, max-age=60           | false
        299 | max-age=60                            | true
        599 | max-age=60                            | true
        """)
    void shouldHonourMustUnderstand(int status, String field, boolean kept) {
        assertThat(decide(REQUEST, answer("Cache-Control", field).status(status)) instanceof Store)
                .isEqualTo(kept);
    }

    @Test
    @DisplayName("3, 4.3: without a lifetime a page is kept for validation only, with no stale window of the rule")
    void shouldKeepForValidation() {
        rule.staleIfError(3600).staleWhileRevalidate(30);

        StoreDecision decision = decide(REQUEST, answer("ETag", "\"a\""));

        assertThat(decision).isInstanceOfSatisfying(Store.class, store -> {
            assertThat(store.lifetime()).isZero();
            assertThat(store.windows().ifError()).isZero();
            assertThat(store.windows().whileRevalidate()).isZero();
            assertThat(store.windows().keep()).isEqualTo(StoreDecider.KEEP_FOR_VALIDATION);
        });
    }

    @ParameterizedTest
    @DisplayName("3, seed W26: no lifetime and nothing to validate with: not kept")
    @ValueSource(strings = {"", "max-age=0", "no-cache", "s-maxage=0"})
    void shouldNotKeepWhatIsOfNoUse(String field) {
        assertThat(reasonOf(decide(REQUEST, answer("Cache-Control", field)))).isEqualTo(Reason.NO_LIFETIME);
    }

    @Test
    @DisplayName("RFC 5861: max-age=0 with a window is kept for it")
    void shouldKeepForTheWindow() {
        rule.staleIfError(60);

        assertThat(decide(REQUEST, answer("Cache-Control", "max-age=0"))).isInstanceOf(Store.class);
    }

    @Test
    @DisplayName("DESIGN 4.4, HARDENING E20: tags of the rule and of all tag headers, each once")
    void shouldGatherTags() {
        rule.tags("site");

        StoreDecision decision = decide(
                REQUEST,
                answer(
                        "Cache-Control",
                        "max-age=60",
                        "Surrogate-Key",
                        "a b  a",
                        "Cache-Tag",
                        "c,d, site",
                        "Other",
                        "x"));

        assertThat(((Store) decision).tags()).containsExactly("site", "a", "b", "c", "d");
    }

    @Test
    @DisplayName("HARDENING E20: a page that could not be purged by all its tags is not kept")
    void shouldNotKeepWithTooManyTags() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= Tags.MOST; i++) {
            many.append('t').append(i).append(' ');
        }
        String longTag = "x".repeat(Tags.LONGEST + 1);

        assertThat(reasonOf(decide(REQUEST, answer("Cache-Control", "max-age=60", "Cache-Tag", many.toString()))))
                .isEqualTo(Reason.TAG_LIMIT);
        assertThat(reasonOf(decide(REQUEST, answer("Cache-Control", "max-age=60", "Cache-Tag", longTag))))
                .isEqualTo(Reason.TAG_LIMIT);
    }

    @Test
    @DisplayName("4.1: names in Vary, over lines, lower case, sorted, once")
    void shouldNormaliseVary() {
        StoreDecision decision =
                decide(REQUEST, answer("Cache-Control", "max-age=60", "Vary", "X-B, accept", "Vary", "Accept"));

        assertThat(((Store) decision).vary()).containsExactly("accept", "x-b");
    }

    @Test
    @DisplayName("HARDENING F2: what depends on one client is forgotten sooner than how a page is made")
    void shouldRememberByReason() {
        rule.ttl(60);

        assertThat(memory(decide(REQUEST, answer("Set-Cookie", "a=b")))).isEqualTo(Duration.ofSeconds(120));
        assertThat(memory(decide(WITH_COOKIE, answer()))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    @DisplayName("HARDENING F2: one user's answer or a failure is not held against the next visitor")
    void shouldNotRememberWhatMayBeOtherwiseAtOnce() {
        rule.ttl(60);

        assertThat(decide(AUTHORIZED, answer())).isEqualTo(new Discard(Reason.AUTHORIZATION));
        assertThat(decide(REQUEST, answer().status(503))).isEqualTo(new Discard(Reason.STATUS_NOT_CACHEABLE));
    }

    private StoreDecision decide(PageRequest request, SampleAnswer answer) {
        return decide(request, answer, rule);
    }

    private static StoreDecision decide(PageRequest request, SampleAnswer answer, SampleRule rule) {
        return new StoreDecider(rule.plan()).decide(request, rule.build(), answer.head());
    }

    private static Duration memory(StoreDecision decision) {
        return ((MarkUncacheable) decision).memory();
    }

    private static Reason reasonOf(StoreDecision decision) {
        return switch (decision) {
            case MarkUncacheable mark -> mark.reason();
            case Discard discard -> discard.reason();
            case Store store -> null;
        };
    }
}
