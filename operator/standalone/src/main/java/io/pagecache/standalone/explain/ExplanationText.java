package io.pagecache.standalone.explain;

import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.Explanation.Keeping;
import io.pagecache.plan.Explanation.LifetimeSource;
import io.pagecache.plan.Explanation.Stored;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** An explanation for people. */
public final class ExplanationText {
    /** From here on a page lives until it is purged, for all that anybody can tell. */
    private static final Duration FOR_EVER = Duration.ofDays(10 * 365);

    private final StringBuilder text = new StringBuilder();

    private ExplanationText() {}

    /** Several lines, without the last line's end. */
    public static String of(ExplainRequest question, Explanation explanation) {
        ExplanationText text = new ExplanationText();
        String method = question.method() == null ? "GET" : question.method();
        text.text.append(method).append(' ').append(question.url());
        text.explain(explanation);
        return text.text.toString();
    }

    private void explain(Explanation explanation) {
        line("rule", explanation.rule());
        line("decision", decision(explanation));
        line("reason", explanation.reason());
        if (explanation.key() != null) {
            line("key", explanation.key());
        }
        if (explanation.held()) {
            line("held", "readers keep what is stored: somebody edits");
        }
        if (explanation.stored() != null) {
            stored(explanation.stored());
        }
        if (explanation.keeping() != null) {
            keeping(explanation.keeping());
        }
    }

    private static String decision(Explanation explanation) {
        return switch (explanation.decision()) {
            case HIT -> "answered from the store";
            case STALE -> "answered from the store with a stale page";
            case REVALIDATE -> "the origin is asked whether the stored page holds";
            case FETCH -> "the origin is asked, and its answer kept if that may be";
            case PASS -> "passed to the origin; the cache is not consulted, and nothing is kept";
            case REDIRECT -> "the reader is sent to " + explanation.location();
            case REFUSE -> "refused by the proxy with " + explanation.status();
        };
    }

    private void stored(Stored stored) {
        line("stored", "%d, age %s".formatted(stored.status(), words(stored.age())));
        line("ttl", lifetime(stored.lifetime(), stored.lifetimeSource()));
        list("tags", stored.tags());
    }

    private void keeping(Keeping keeping) {
        line("origin", keeping.status() == 0 ? "gives no answer" : "answers " + keeping.status());
        if (!keeping.kept()) {
            line("kept", "no: " + keeping.reason());
            return;
        }
        line("kept", "yes");
        line("ttl", lifetime(keeping.lifetime(), keeping.lifetimeSource()));
        window("while it is fetched anew", keeping.staleWhileRevalidate());
        window("while the origin fails", keeping.staleIfError());
        list("tags", keeping.tags());
        list("varies by", keeping.varies());
    }

    private static String lifetime(Duration lifetime, LifetimeSource source) {
        String word = source.field().isEmpty() ? "nobody says how long" : source.field();
        return "%s (%s: %s)".formatted(words(lifetime), source.from(), word);
    }

    private void window(String when, Duration window) {
        if (!window.isZero()) {
            line("then", "for %s stale %s".formatted(words(window), when));
        }
    }

    private void list(String name, List<String> values) {
        if (!values.isEmpty()) {
            line(name, String.join(", ", values));
        }
    }

    private void line(String name, String value) {
        text.append("\n  ").append("%-10s".formatted(name)).append(value);
    }

    /** As in a policy: {@code 1h30m}. */
    private static String words(Duration duration) {
        if (duration.compareTo(FOR_EVER) >= 0) {
            return "until purged";
        }
        String iso = duration.truncatedTo(ChronoUnit.SECONDS).toString();
        return iso.substring(2).toLowerCase(Locale.ROOT);
    }
}
