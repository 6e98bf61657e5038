package io.pagecache.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.key.BaseKey;
import io.pagecache.key.CacheKey;
import io.pagecache.key.KeyBuilder;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("seed:W80")
class PurgeCoverageTest {
    private static final Instant REQUESTED = Instant.parse("2026-11-22T10:00:00Z");
    private static final KeyBuilder KEYS = new KeyBuilder();

    @ParameterizedTest(name = "{0} covers {1} {2}: {3}")
    @CsvSource(textBlock = """
            /a,                           www.example.com, /a,       true
            /a,                           other.example,   /a,       true
            /a,                           www.example.com, /a?q=1,   false
            /a?q=1,                       www.example.com, /a?q=1,   true
            /a?q=1,                       www.example.com, /a,       false
            /a,                           www.example.com, /a/,      false
            /a,                           www.example.com, /A,       false
            https://www.example.com/a,    www.example.com, /a,       true
            http://www.example.com/a,     www.example.com, /a,       true
            HTTPS://WWW.Example.COM:443/a, www.example.com, /a,      true
            https://www.example.com./a,   www.example.com, /a,       true
            https://www.example.com:80/a, www.example.com, /a,       false
            https://www.example.com:8443/a, www.example.com:8443, /a, true
            https://[2001:db8::1]:8443/a, [2001:db8::1]:8443, /a,    true
            https://[2001:db8::1]/a,      [2001:db8::1],   /a,       true
            https://www.example.com/a,    other.example,   /a,       false
            https://www.example.com,      www.example.com, /,        true
            https://www.example.com?q=1,  www.example.com, /?q=1,    true
            /a?to=http://b/c,             www.example.com, /a?to=http://b/c, true
            """)
    void shouldCoverUrl(String url, String host, String target, boolean covered) {
        assertThat(covers(new PurgeScope.Url(url), page(host, target))).isEqualTo(covered);
    }

    @ParameterizedTest(name = "{0} covers {1}: {2}")
    @CsvSource(textBlock = """
            /news,  /news,        true
            /news,  /newsletter,  true
            /news/, /news,        false
            /news/, /news/today,  true
            /news/, /news/?q=1,   true
            /,      /anything,    true
            """)
    void shouldCoverPrefix(String prefix, String target, boolean covered) {
        assertThat(covers(new PurgeScope.Prefix(prefix), page("h", target))).isEqualTo(covered);
    }

    @ParameterizedTest(name = "{0} covers {1}: {2}")
    @CsvSource(textBlock = """
            /a.*,       /abc,     true
            a,          /abc,     false
            .*\\?q=1,   /abc?q=1, true
            /[0-9]+,    /123,     true
            /[0-9]+,    /123a,    false
            """)
    void shouldCoverWhatExpressionMatchesAsAWhole(String pattern, String target, boolean covered) {
        assertThat(covers(new PurgeScope.Regex(pattern), page("h", target))).isEqualTo(covered);
    }

    @Test
    void shouldCoverEverythingWhenExpressionIsNotUnderstood() {
        assertThat(covers(new PurgeScope.Regex("(?<broken"), page("h", "/a"))).isTrue();
    }

    @Test
    @DisplayName("HARDENING D15: an expression that expands beyond measure is not even compiled")
    void shouldCoverEverythingWhenExpressionIsTooBig() {
        assertThat(covers(new PurgeScope.Regex("(((a{10}){100}){100}){100}"), page("h", "/a")))
                .isTrue();
    }

    @Test
    void shouldMatchHostileExpressionInLinearTime() {
        String attack = "/" + "a".repeat(5000) + "!";

        assertThat(covers(new PurgeScope.Regex("/(a+)+"), page("h", attack))).isFalse();
    }

    @Test
    void shouldCoverExactTagOnly() {
        PageFacts page = new PageFacts(base("h", "/a"), List.of("article-42", "Home"), REQUESTED, List.of());

        assertThat(covers(new PurgeScope.Tag("article-42"), page)).isTrue();
        assertThat(covers(new PurgeScope.Tag("article-4"), page)).isFalse();
        assertThat(covers(new PurgeScope.Tag("home"), page)).isFalse();
    }

    @Test
    void shouldCoverPagesStoredLongerAgoThanAsked() {
        PurgeScope hour = new PurgeScope.OlderThan(Duration.ofHours(1));

        assertThat(covers(hour, storedAt(REQUESTED.minusSeconds(3601)))).isTrue();
        assertThat(covers(hour, storedAt(REQUESTED.minusSeconds(3600)))).isFalse();
        assertThat(covers(hour, storedAt(REQUESTED.plusSeconds(60)))).isFalse();
        assertThat(covers(new PurgeScope.OlderThan(Duration.ofSeconds(Long.MAX_VALUE)), storedAt(Instant.EPOCH)))
                .isFalse();
    }

    @Test
    @DisplayName("T20: a user's pages are those that a cookie of the user keys, by the rule or by the page's own word")
    void shouldCoverPagesOfAUser() {
        CacheKey declared = KEYS.keyFor(
                SampleRequest.get("/a", "Cookie", "sid=4711; theme=[cookie x=4:0815]"),
                SampleRule.rule().keyCookies("theme", "none", "sid").build());
        PageFacts keyed = PageFacts.of(declared, List.of(), List.of(), List.of(), REQUESTED);
        CacheKey plain = new CacheKey(base("h", "/a"), "");
        PageFacts named =
                PageFacts.of(plain, List.of("accept", "cookie:sid"), List.of("=4711", "=0815"), List.of(), REQUESTED);

        assertThat(covers(new PurgeScope.User("4711"), keyed)).isTrue();
        assertThat(covers(new PurgeScope.User("0815"), keyed)).isFalse();
        assertThat(covers(new PurgeScope.User("0815"), named)).isTrue();
        assertThat(covers(new PurgeScope.User("4711"), named)).isFalse();
        assertThat(covers(new PurgeScope.Element("sid"), named)).isFalse();
    }

    @Test
    void shouldCoverPageInAnyScope() {
        PurgeCoverage coverage = PurgeCoverage.of(order(new PurgeScope.Tag("t"), new PurgeScope.Url("/b")));

        assertThat(coverage.covers(page("h", "/b"))).isTrue();
        assertThat(coverage.covers(new PageFacts(base("h", "/c"), List.of("t"), REQUESTED, List.of())))
                .isTrue();
        assertThat(coverage.covers(page("h", "/c"))).isFalse();
        assertThat(coverage.needsScan()).isFalse();
    }

    private static boolean covers(PurgeScope scope, PageFacts page) {
        return PurgeCoverage.of(order(scope)).covers(page);
    }

    private static PurgeOrder order(PurgeScope... scopes) {
        return new PurgeOrder(1, "token", PurgeMode.HARD, List.of(scopes), REQUESTED);
    }

    private static PageFacts page(String host, String target) {
        return new PageFacts(base(host, target), List.of(), REQUESTED, List.of());
    }

    private static PageFacts storedAt(Instant when) {
        return new PageFacts(base("h", "/a"), List.of(), when, List.of());
    }

    private static BaseKey base(String host, String target) {
        int query = target.indexOf('?');
        return query < 0
                ? new BaseKey("https", host, target, null)
                : new BaseKey("https", host, target.substring(0, query), target.substring(query + 1));
    }
}
