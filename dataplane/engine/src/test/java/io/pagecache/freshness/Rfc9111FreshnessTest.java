package io.pagecache.freshness;

import static io.pagecache.samples.SampleAnswer.DATE;
import static io.pagecache.samples.SampleAnswer.NOW;
import static io.pagecache.samples.SampleAnswer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.freshness.FreshnessLifetime.Basis;
import io.pagecache.freshness.FreshnessLifetime.Source;
import io.pagecache.http.Headers;
import io.pagecache.http.PageResponse;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.plan.Behaviour;
import io.pagecache.samples.SampleAnswer;
import io.pagecache.samples.SampleRule;
import io.pagecache.store.StoredPage;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 section 4.2: freshness")
@Tag("seed:T5")
@Tag("seed:W27")
class Rfc9111FreshnessTest {
    private static final String IN_ONE_MINUTE = "Sun, 22 Nov 2026 10:01:00 GMT";
    private static final String TEN_DAYS_AGO = "Thu, 12 Nov 2026 10:00:00 GMT";

    private final SampleRule rule = SampleRule.rule();

    @ParameterizedTest(name = "{0} + Expires in 60 s → {1} s by {2}")
    @DisplayName("4.2.1: s-maxage before max-age before Expires; no-cache is never fresh")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        s-maxage=5, max-age=7  | 5  | S_MAXAGE
        max-age=7              | 7  | MAX_AGE
        s-maxage=0, max-age=7  | 0  | S_MAXAGE
        public                 | 60 | EXPIRES
        max-age=7, no-cache    | 0  | NO_CACHE
        max-age=x              | 0  | MAX_AGE
        """)
    void shouldRankTheOriginsLifetimes(String field, long seconds, Source source) {
        FreshnessLifetime lifetime = lifetime(answer("Date", DATE, "Cache-Control", field, "Expires", IN_ONE_MINUTE));

        assertThat(lifetime).isEqualTo(new FreshnessLifetime(Duration.ofSeconds(seconds), source));
    }

    @ParameterizedTest
    @DisplayName("5.3: an Expires that is no date, or past, means stale")
    @ValueSource(
            strings = {"0", "-1", "", "tomorrow", "Sun, 22 Nov 2026 09:00:00 GMT", "Mon, 22 Nov 2026 11:00:00 GMT"})
    void shouldTakeBadExpiresForThePast(String expires) {
        assertThat(lifetime(answer("Date", DATE, "Expires", expires)))
                .isEqualTo(new FreshnessLifetime(Duration.ZERO, Source.EXPIRES));
    }

    @Test
    @DisplayName("5.3, 4.2.1: of several Expires the strictest")
    void shouldTakeTheStrictestExpires() {
        assertThat(lifetime(answer("Date", DATE, "Expires", IN_ONE_MINUTE, "Expires", "0"))
                        .value())
                .isZero();
    }

    @Test
    @DisplayName("4.2.1: Expires counts from Date, or from arrival where there is no valid Date")
    void shouldMeasureExpiresFromDate() {
        assertThat(lifetime(answer("Date", "Sun, 22 Nov 2026 09:00:00 GMT", "Expires", IN_ONE_MINUTE))
                        .value())
                .isEqualTo(Duration.ofSeconds(3660));
        assertThat(lifetime(answer("Expires", IN_ONE_MINUTE)).value()).isEqualTo(Duration.ofSeconds(60));
        assertThat(lifetime(answer("Date", "now", "Expires", IN_ONE_MINUTE)).value())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    @DisplayName("1.2.2, HARDENING E13: no lifetime is longer than 2^31 s")
    void shouldClampLifetimes() {
        assertThat(lifetime(answer("Expires", "Fri, 31 Dec 9999 23:59:59 GMT")).value())
                .isEqualTo(Duration.ofSeconds(1L << 31));
    }

    @Test
    @DisplayName("4.2.2: a tenth of the time since Last-Modified, a day at most")
    void shouldGuessFromLastModified() {
        assertThat(lifetime(answer("Date", DATE, "Last-Modified", "Sun, 22 Nov 2026 09:00:00 GMT")))
                .isEqualTo(new FreshnessLifetime(Duration.ofMinutes(6), Source.LAST_MODIFIED));
        assertThat(lifetime(answer("Date", DATE, "Last-Modified", TEN_DAYS_AGO)).value())
                .isEqualTo(Duration.ofDays(1));
        assertThat(lifetime(answer("Date", DATE, "Last-Modified", IN_ONE_MINUTE))
                        .value())
                .isZero();
        assertThat(lifetime(answer("Date", DATE, "Last-Modified", "long ago"))).isEqualTo(FreshnessLifetime.NONE);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("4.2.2: a guess only where RFC 9110 section 15.1 allows it; public allows it for all")
    @CsvSource({
        "200, true",
        "203, true",
        "204, true",
        "300, true",
        "301, true",
        "308, true",
        "302, false",
        "307, false",
        "404, true",
        "405, true",
        "410, true",
        "414, true",
        "500, false",
        "501, true",
        "599, false"
    })
    void shouldGuessWhereTheStatusAllowsIt(int status, boolean guessed) {
        SampleAnswer silent =
                answer("Date", DATE, "Last-Modified", TEN_DAYS_AGO).status(status);
        SampleAnswer isPublic = answer("Date", DATE, "Last-Modified", TEN_DAYS_AGO, "Cache-Control", "public")
                .status(status);

        assertThat(lifetime(silent).basis()).isEqualTo(guessed ? Basis.HEURISTIC : Basis.NONE);
        assertThat(lifetime(isPublic).basis()).isEqualTo(Basis.HEURISTIC);
    }

    @Test
    @DisplayName("seed T5, W25: the policy's ttl fills the gap, before any heuristic and only where it is ordinary")
    void shouldFillTheGapByPolicy() {
        rule.ttl(60);

        assertThat(lifetime(answer("Date", DATE, "Last-Modified", TEN_DAYS_AGO)))
                .isEqualTo(new FreshnessLifetime(Duration.ofSeconds(60), Source.TTL));
        assertThat(lifetime(answer("Cache-Control", "max-age=5")).value()).isEqualTo(Duration.ofSeconds(5));
        assertThat(lifetime(answer().status(404)).basis()).isEqualTo(Basis.NONE);
        assertThat(lifetime(answer().status(302)).basis()).isEqualTo(Basis.NONE);
    }

    @Test
    @DisplayName("seed T37: ttlByStatus goes before ttl and covers errors by name")
    void shouldFillTheGapByStatus() {
        rule.ttl(60).ttlOf(404, 30).ttlOf(200, 10);

        assertThat(lifetime(answer().status(404)).value()).isEqualTo(Duration.ofSeconds(30));
        assertThat(lifetime(answer())).isEqualTo(new FreshnessLifetime(Duration.ofSeconds(10), Source.TTL_BY_STATUS));
        assertThat(lifetime(answer().status(301)).value()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @DisplayName("seed T7: with Always the policy's ttl wins over the origin's lifetime")
    @ValueSource(strings = {"max-age=5", "s-maxage=5", "no-cache", "max-age=0, must-revalidate"})
    void shouldLetPolicyWin(String field) {
        rule.cache(Behaviour.Cache.ALWAYS).ttl(60);

        assertThat(lifetime(answer("Cache-Control", field, "Expires", "0")))
                .isEqualTo(new FreshnessLifetime(Duration.ofSeconds(60), Source.TTL));
    }

    @Test
    @DisplayName("with Always but no ttl the origin is asked after all")
    void shouldFallBackToTheOrigin() {
        rule.cache(Behaviour.Cache.ALWAYS);

        assertThat(lifetime(answer("Cache-Control", "max-age=5")).value()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest(name = "Age: {0} → {1} s")
    @DisplayName("5.1: digits or nothing; of a list the first")
    @CsvSource(delimiter = '|', textBlock = """
        0                     | 0
        7200                  | 7200
        ' 7200 '              | 7200
        '10, 20'              | 10
        '10,x'                | 10
        'x, 10'               | 0
        -1                    | 0
        +1                    | 0
        1.5                   | 0
        1 2                   | 0
        99999999999999999999  | 2147483648
        ''                    | 0
        """)
    void shouldReadAgeStrictly(String field, long seconds) {
        assertThat(Age.reported(Headers.of("Age", field))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    @DisplayName("4.2.3: the greater of apparent age and reported age plus the time on the way")
    void shouldCorrectInitialAge() {
        assertThat(Age.initial(answer("Date", "Sun, 22 Nov 2026 09:59:00 GMT", "Age", "10")
                        .head()))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(Age.initial(answer("Date", DATE, "Age", "10")
                        .requestedAt(NOW.minusSeconds(5))
                        .head()))
                .isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    @DisplayName("4.2.3, HARDENING E24: wrong clocks never make an age negative")
    void shouldNeverBeNegative() {
        PageResponse fromTheFuture = answer("Date", "Sun, 22 Nov 2026 12:00:00 GMT")
                .requestedAt(NOW.plusSeconds(3600))
                .head();
        StoredPage page = answer("Cache-Control", "max-age=60").stored();

        assertThat(Age.initial(fromTheFuture)).isZero();
        assertThat(page.age(NOW.minusSeconds(3600))).isZero();
        assertThat(page.isFresh(NOW.minusSeconds(3600))).isTrue();
    }

    @Test
    @DisplayName("4.2: fresh while the lifetime is greater than the age")
    void shouldBeFreshUntilItsLifetimeIsOver() {
        StoredPage page = answer("Cache-Control", "max-age=60", "Age", "10").stored();

        assertThat(page.isFresh(NOW.plusSeconds(49))).isTrue();
        assertThat(page.isFresh(NOW.plusSeconds(50))).isFalse();
    }

    private FreshnessLifetime lifetime(SampleAnswer answer) {
        PageResponse head = answer.head();
        return new FreshnessCalculator().lifetime(head, ResponseDirectives.of(head.headers()), rule.behaviour());
    }
}
