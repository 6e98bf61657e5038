package io.pagecache.operator.http;

import io.pagecache.operator.policy.DurationText;
import io.pagecache.operator.policy.PurgeGrammar;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A purge as it was called for.
 *
 * @param what in the words of the purge annotation, read
 * @param key the caller's name for this purge: the same key never purges twice while the ledger remembers; null for none
 * @param patience how long the answer may wait for all proxies; zero: not at all
 * @param returnTo where the browser goes then, or null
 */
record PurgeCall(
        String namespace,
        String policy,
        PurgeGrammar.Parsed what,
        @Nullable String key,
        Duration patience,
        @Nullable String returnTo) {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    /** The parts of a request that say what is to be done; null for those that are absent. */
    record Words(
            @Nullable String purge,
            @Nullable String key,
            @Nullable String patience,
            @Nullable String returnTo) {}

    sealed interface Reading {}

    record Understood(PurgeCall call) implements Reading {}

    record Misunderstood(PurgeAnswer.Refused answer) implements Reading {}

    /** Whether an object can be called so. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static Reading read(String namespace, String policy, Words words) {
        String purge = words.purge() == null ? "" : words.purge().strip();
        String key = words.key();
        if (key != null && !KEY.matcher(key).matches()) {
            return invalid("Idempotency-Key", "expected 1 to 128 visible ASCII characters");
        }
        Optional<Duration> wait = waitOf(words.patience());
        if (wait.isEmpty()) {
            return invalid("wait", "'%s': expected a duration up to 60s, such as wait=30s".formatted(words.patience()));
        }
        return switch (PurgeGrammar.parse(purge)) {
            case PurgeGrammar.Rejected(int column, String message) ->
                invalid("purge", "column %d: %s".formatted(column, message));
            case PurgeGrammar.Parsed what ->
                new Understood(new PurgeCall(namespace, policy, what, key, wait.get(), words.returnTo()));
        };
    }

    private static Reading invalid(String field, String message) {
        return new Misunderstood(new PurgeAnswer.Refused(Outcome.INVALID, field, message));
    }

    private static Optional<Duration> waitOf(@Nullable String text) {
        return text == null
                ? Optional.of(Duration.ZERO)
                : DurationText.parse(text).filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0);
    }
}
