package io.pagecache.operator.reconcile.policy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.PurgeState;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.ledger.LedgerStore;
import io.pagecache.operator.policy.AnnotationToken;
import io.pagecache.operator.policy.PurgeGrammar;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.operator.status.AnnotationPurge;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns a new value of a policy's purge annotation into an order in its ledger. The order is stored before anything is sent, and
 * the value is remembered beside it, so it does not matter when the operator dies or how long it was away.
 */
@Singleton
public class AnnotationPurges {
    private final LedgerStore ledgers;
    private final Clock clock;

    public AnnotationPurges(LedgerStore ledgers, Clock clock) {
        this.ledgers = ledgers;
        this.clock = clock;
    }

    /** @param page what the proxies are to have applied */
    record Outcome(LedgerPage page, AnnotationPurge purge) {

        Outcome on(LedgerPage other) {
            return new Outcome(other, purge);
        }
    }

    Outcome takeUp(PageCachePolicy policy, @Nullable ConfigMap stored) {
        LedgerPage known = LedgerPage.of(stored);
        String value = policy.getMetadata().getAnnotations().get(PageCachePolicy.PURGE_ANNOTATION);
        if (value == null) {
            return withoutAnnotation(isComplete(stored) ? known : write(policy, page -> page));
        }
        String token = AnnotationToken.of(value);
        return switch (PurgeGrammar.parse(value)) {
            case PurgeGrammar.Rejected(int column, String message) ->
                new Outcome(
                        isComplete(stored) ? known : write(policy, page -> page),
                        new AnnotationPurge.Rejected(token, "column %d: %s".formatted(column, message)));
            case PurgeGrammar.Parsed parsed -> takeUp(policy, token, parsed, stored);
        };
    }

    /** Who takes the annotation away does not take back the purge. */
    private static Outcome withoutAnnotation(LedgerPage page) {
        String last = page.annotation();
        return new Outcome(
                page, last == null ? new AnnotationPurge.None() : new AnnotationPurge.Ordered(last, page.find(last)));
    }

    /** The outcome by the numbers that hold once the proxies were heard: they differ when the ledger had been lost. */
    Outcome mended(PageCachePolicy policy, Outcome outcome, List<ProxyReport> reports) {
        LedgerPage page = ledgers.mended(PolicyChildren.of(policy), outcome.page(), ProxyReport.highestPurge(reports));
        return new Outcome(
                page,
                switch (outcome.purge()) {
                    case AnnotationPurge.Ordered(String value, var order) ->
                        new AnnotationPurge.Ordered(value, page.find(value).or(() -> order));
                    case AnnotationPurge other -> other;
                });
    }

    private Outcome takeUp(
            PageCachePolicy policy, String value, PurgeGrammar.Parsed parsed, @Nullable ConfigMap stored) {
        if (stored == null) {
            return new Outcome(LedgerPage.EMPTY, new AnnotationPurge.Waiting(value));
        }
        LedgerPage known = LedgerPage.of(stored);
        LedgerPage page = known;
        if (!value.equals(known.annotation()) || !isComplete(stored)) {
            page = write(
                    policy,
                    current -> wasTakenUp(policy, value, current)
                            ? current.remember(value)
                            : current.takeUp(value, parsed.mode(), parsed.scopes(), clock.instant()));
        }
        return new Outcome(page, new AnnotationPurge.Ordered(value, page.find(value)));
    }

    /** Only the status is left to tell when the ConfigMap was deleted: a purge that was done is not repeated because of that. */
    private static boolean wasTakenUp(PageCachePolicy policy, String value, LedgerPage current) {
        return current.annotation() == null
                && Optional.ofNullable(policy.getStatus())
                        .map(PageCachePolicyStatus::purge)
                        .filter(purge -> value.equals(purge.token()) && purge.state() == PurgeState.COMPLETE)
                        .isPresent();
    }

    private LedgerPage write(PageCachePolicy policy, UnaryOperator<LedgerPage> change) {
        return ledgers.update(PolicyChildren.of(policy), change).orElse(LedgerPage.EMPTY);
    }

    private static boolean isComplete(@Nullable ConfigMap stored) {
        return stored == null || (stored.getData() != null && stored.getData().containsKey(PolicyChildren.PURGES_KEY));
    }
}
