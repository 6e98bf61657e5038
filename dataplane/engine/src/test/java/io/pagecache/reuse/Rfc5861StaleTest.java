package io.pagecache.reuse;

import static io.pagecache.samples.SampleAnswer.NOW;
import static io.pagecache.samples.SampleAnswer.answer;
import static io.pagecache.samples.SampleRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.PageRequest;
import io.pagecache.plan.Behaviour;
import io.pagecache.reuse.Serving.Fresh;
import io.pagecache.reuse.Serving.Revalidate;
import io.pagecache.reuse.Serving.Stale;
import io.pagecache.reuse.Serving.Unsatisfiable;
import io.pagecache.samples.SampleRule;
import io.pagecache.status.Reason;
import io.pagecache.store.Lookup;
import io.pagecache.store.Lookup.Found;
import io.pagecache.store.StoredPage;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 5861: stale-while-revalidate and stale-if-error (seed T6, T35)")
@Tag("seed:T6")
@Tag("seed:T35")
class Rfc5861StaleTest {
    private static final PageRequest REQUEST = get("/");

    private final ReuseDecider decider = new ReuseDecider();
    private final SampleRule rule = SampleRule.rule().staleWhileRevalidate(30).staleIfError(3600);

    @Test
    @DisplayName("3: inside the window a stale page is served while it is refreshed, at its end no more")
    void shouldServeStaleInsideTheWindow() {
        StoredPage page =
                answer("Cache-Control", "max-age=60, stale-while-revalidate=5").stored();

        assertThat(decide(page, 59)).isEqualTo(new Fresh(page));
        assertThat(decide(page, 60)).isEqualTo(new Stale(page, Reason.STALE_WHILE_REVALIDATE, true));
        assertThat(decide(page, 64)).isInstanceOf(Stale.class);
        assertThat(decide(page, 65)).isInstanceOf(Revalidate.class);
    }

    @ParameterizedTest(name = "{0} → swr {1} s, sie {2} s")
    @DisplayName(
            "3, 4: the origin's windows win over the rule's 30 s and 3600 s; what forbids stale forbids the rule's")
    @CsvSource(delimiter = '|', textBlock = """
        max-age=60                                          | 30 | 3600
        max-age=60, stale-while-revalidate=5                | 5  | 3600
        max-age=60, stale-if-error=7                        | 30 | 7
        max-age=60, stale-while-revalidate=0                | 0  | 3600
        max-age=60, stale-while-revalidate=x                | 0  | 3600
        s-maxage=60                                         | 0  | 0
        s-maxage=60, stale-while-revalidate=5               | 5  | 0
        s-maxage=60, stale-if-error=7                       | 0  | 7
        max-age=60, must-revalidate                         | 0  | 0
        max-age=60, must-revalidate, stale-if-error=7       | 0  | 0
        max-age=60, proxy-revalidate, stale-while-revalidate=5 | 0 | 0
        no-cache, stale-while-revalidate=5                  | 0  | 0
        """)
    void shouldSettleWindows(String field, long whileRevalidate, long ifError) {
        StoredPage page = answer("Cache-Control", field).storedUnder(rule.behaviour());

        assertThat(page.windows().whileRevalidate()).isEqualTo(Duration.ofSeconds(whileRevalidate));
        assertThat(page.windows().ifError()).isEqualTo(Duration.ofSeconds(ifError));
    }

    @ParameterizedTest
    @DisplayName("with Always the rule's windows hold where its ttl does, must-revalidate still forbids")
    @CsvSource({"s-maxage=60, 30", "no-cache, 30", "must-revalidate, 0", "proxy-revalidate, 0"})
    void shouldLetTheRuleWin(String field, long whileRevalidate) {
        rule.cache(Behaviour.Cache.ALWAYS).ttl(60);

        StoredPage page = answer("Cache-Control", field).storedUnder(rule.behaviour());

        assertThat(page.windows().whileRevalidate()).isEqualTo(Duration.ofSeconds(whileRevalidate));
    }

    @Test
    @DisplayName("4: when the origin fails, a page stands in until the window ends")
    void shouldServeStaleOnFailure() {
        StoredPage page =
                answer("Cache-Control", "max-age=60, stale-if-error=100").stored();

        assertThat(decide(page, 159)).isEqualTo(new Revalidate(page, Reason.EXPIRED, true, true));
        assertThat(onFailure(page, 159)).isEqualTo(new Stale(page, Reason.STALE_IF_ERROR, false));
        assertThat(decide(page, 160)).isEqualTo(new Revalidate(page, Reason.EXPIRED, false, true));
        assertThat(onFailure(page, 160)).isInstanceOf(Unsatisfiable.class);
    }

    @Test
    @DisplayName("4: a page that somebody else stored meanwhile is better than a stale one")
    void shouldServeFreshOnFailure() {
        StoredPage page = answer("Cache-Control", "max-age=60").stored();

        assertThat(onFailure(page, 0)).isEqualTo(new Fresh(page));
        assertThat(decider.onFailure(new Lookup.UriMiss(), NOW)).isInstanceOf(Unsatisfiable.class);
    }

    @ParameterizedTest
    @DisplayName("4: failures are 500, 502, 503 and 504")
    @ValueSource(ints = {500, 502, 503, 504})
    void shouldKnowFailures(int status) {
        assertThat(ReuseDecider.isFailure(status)).isTrue();
        assertThat(ReuseDecider.isFailure(status + 10)).isFalse();
    }

    @Test
    @DisplayName("seed N16: a soft purge makes a page stale from that moment, within the same windows")
    void shouldServeSoftPurgedPageInsideTheWindow() {
        StoredPage page = answer("Cache-Control", "max-age=600").storedUnder(rule.behaviour());
        Found purged = new Found(page, NOW.plusSeconds(100));

        assertThat(decider.decide(REQUEST, purged, NOW.plusSeconds(129)))
                .isEqualTo(new Stale(page, Reason.PURGED_SOFT, true));
        assertThat(decider.decide(REQUEST, purged, NOW.plusSeconds(130)))
                .isEqualTo(new Revalidate(page, Reason.PURGED_SOFT, true, true));
        assertThat(decider.onFailure(purged, NOW.plusSeconds(130)))
                .isEqualTo(new Stale(page, Reason.STALE_IF_ERROR, false));
    }

    @Test
    @DisplayName("a page that was stale before a soft purge stays as stale as it was")
    void shouldNotRejuvenateBySoftPurge() {
        StoredPage page = answer("Cache-Control", "max-age=60").storedUnder(rule.behaviour());
        Found purged = new Found(page, NOW.plusSeconds(85));

        assertThat(decider.decide(REQUEST, purged, NOW.plusSeconds(95))).isInstanceOf(Revalidate.class);
    }

    private Serving decide(StoredPage page, long secondsLater) {
        return decider.decide(REQUEST, new Found(page, null), NOW.plusSeconds(secondsLater));
    }

    private Serving onFailure(StoredPage page, long secondsLater) {
        return decider.onFailure(new Found(page, null), NOW.plusSeconds(secondsLater));
    }
}
