package io.pagecache.operator.observe;

import io.pagecache.operator.events.Note;
import io.pagecache.plan.ProxyStats.VariantLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells that a URL has reached the limit of variants: at most once an hour for a policy, since any visitor can make it happen. */
final class VariantLimitNews {
    private static final Duration PAUSE = Duration.ofHours(1);

    /** @param told null before the first */
    private record Known(long count, @Nullable Instant told) {}

    private final InstantSource clock;
    private final Map<String, Known> policies = new HashMap<>();

    VariantLimitNews(InstantSource clock) {
        this.clock = clock;
    }

    /** @param reported sum over the policy's proxies; it falls when one is replaced */
    Optional<Note> of(String policy, VariantLimit reported) {
        Known known = policies.getOrDefault(policy, new Known(0, null));
        Instant now = clock.instant();
        boolean paused = known.told() != null && now.isBefore(known.told().plus(PAUSE));
        boolean news = reported.count() > known.count() && reported.url() != null && !paused;
        policies.put(policy, new Known(reported.count(), news ? now : known.told()));
        return news
                ? Optional.of(Note.warning(
                        "VariantLimitReached",
                        "KeepVariants",
                        "%s has as many variants as are kept; a further one takes the place of the one asked for longest ago."
                                .formatted(reported.url())))
                : Optional.empty();
    }

    /** Forgets all other policies. */
    void retain(Collection<String> uids) {
        policies.keySet().retainAll(uids);
    }
}
