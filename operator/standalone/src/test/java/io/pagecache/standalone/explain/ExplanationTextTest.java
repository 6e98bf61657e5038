package io.pagecache.standalone.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.Explanation.Decision;
import io.pagecache.plan.Explanation.Keeping;
import io.pagecache.plan.Explanation.LifetimeSource;
import io.pagecache.plan.Explanation.Stored;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplanationTextTest {
    private static final LifetimeSource NOBODY = new LifetimeSource("none", "");

    private static String text(
            Decision decision,
            String reason,
            int status,
            @Nullable String location,
            @Nullable Stored stored,
            @Nullable Keeping keeping) {
        return ExplanationText.of(
                new ExplainRequest("http://a/", "HEAD", null, null, null, null),
                new Explanation("defaults", decision, reason, status, location, null, stored != null, stored, keeping));
    }

    @Test
    void shouldSayWhatThePolicyDecides() {
        assertThat(text(Decision.PASS, "rule-never", 0, null, null, null)).isEqualToNormalizingNewlines("""
                HEAD http://a/
                  rule      defaults
                  decision  passed to the origin; the cache is not consulted, and nothing is kept
                  reason    rule-never""");
        assertThat(text(Decision.REFUSE, "unknown-host", 421, null, null, null))
                .contains("refused by the proxy with 421");
        assertThat(text(Decision.REDIRECT, "language-redirect", 302, "http://de.a/", null, null))
                .contains("the reader is sent to http://de.a/");
    }

    @Test
    void shouldSayWhatIsStored() {
        Stored stored = new Stored(
                200,
                Duration.ofMillis(61_500),
                Duration.ofSeconds(Integer.MAX_VALUE),
                new LifetimeSource("policy", "ttl"),
                null,
                List.of("a", "b"),
                false);

        assertThat(text(Decision.HIT, "fresh", 0, null, stored, null))
                .contains(
                        "held      readers keep what is stored: somebody edits",
                        "stored    200, age 1m1s",
                        "ttl       until purged (policy: ttl)",
                        "tags      a, b");
    }

    @Test
    void shouldSayWhyAnAnswerIsNotKept() {
        Keeping silent = new Keeping(
                0, false, "origin-timeout", Duration.ZERO, NOBODY, Duration.ZERO, Duration.ZERO, List.of(), List.of());
        Keeping personal = new Keeping(
                200, false, "set-cookie", Duration.ZERO, NOBODY, Duration.ZERO, Duration.ZERO, List.of(), List.of());

        assertThat(text(Decision.FETCH, "absent", 0, null, null, silent))
                .contains("origin    gives no answer", "kept      no: origin-timeout");
        assertThat(text(Decision.FETCH, "absent", 0, null, null, personal))
                .contains("origin    answers 200", "kept      no: set-cookie")
                .doesNotContain("ttl");
    }
}
