package io.pagecache.operator.reconcile.policy;

import io.pagecache.api.v1alpha1.BypassSpec;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.ledger.LedgerStore;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Purges when a bypass with {@code purgeOnExpiry} ends. Up to when that was done stands beside the ledger, written together with the
 * order, so that no restart repeats or forgets it.
 */
@Singleton
public class EndedBypasses {
    private final LedgerStore ledgers;
    private final Clock clock;

    public EndedBypasses(LedgerStore ledgers, Clock clock) {
        this.ledgers = ledgers;
        this.clock = clock;
    }

    /** The page with an order for each moment at which bypasses have ended since. */
    LedgerPage takeUp(PageCachePolicy policy, LedgerPage page) {
        List<Instant> ends = ends(policy);
        Instant now = clock.instant();
        return isNothingNew(page, ends, now)
                ? page
                : ledgers.update(PolicyChildren.of(policy), current -> next(current, ends, now))
                        .orElse(page);
    }

    private static boolean isNothingNew(LedgerPage page, List<Instant> ends, Instant now) {
        return next(page, ends, now).equals(page);
    }

    static LedgerPage next(LedgerPage page, List<Instant> ends, Instant now) {
        return ends.stream()
                .filter(end -> !end.isAfter(now) && end.isAfter(page.taken().bypasses()))
                .max(Instant::compareTo)
                .map(end -> page.order("bypass ended " + end, PurgeMode.HARD, List.of(new PurgeScope.All()), now)
                        .rememberBypasses(end))
                .orElse(page);
    }

    /** When the next bypass ends, if that needs a pass. */
    Optional<Duration> nextLook(PageCachePolicy policy) {
        Instant now = clock.instant();
        return ends(policy).stream()
                .filter(end -> end.isAfter(now))
                .min(Instant::compareTo)
                .map(end -> Duration.between(now, end).plusMillis(1));
    }

    /** A policy that was rejected may have texts that are no times: they end nothing. */
    private static List<Instant> ends(PageCachePolicy policy) {
        return policy.getSpec().bypass().clientIPs().stream()
                .filter(entry -> Objects.equals(entry.purgeOnExpiry(), true))
                .map(BypassSpec.ClientIp::expiresAt)
                .flatMap(text -> instant(text).stream())
                .toList();
    }

    private static Optional<Instant> instant(@org.jspecify.annotations.Nullable String text) {
        try {
            return Stream.ofNullable(text).map(Instant::parse).findFirst();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
