package io.pagecache.operator.reconcile.policy;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.events.EventRecorder;
import io.pagecache.operator.events.Note;
import io.pagecache.operator.metrics.OperatorMetrics;
import io.pagecache.plan.PurgeOrder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/** Tells people and metrics of the purges that rollouts have brought about. */
@Singleton
public class RolloutNews {
    private final EventRecorder events;
    private final OperatorMetrics metrics;

    public RolloutNews(EventRecorder events, OperatorMetrics metrics) {
        this.events = events;
        this.metrics = metrics;
    }

    void announce(PageCachePolicy policy, List<PurgeOrder> orders) {
        for (PurgeOrder order : orders) {
            metrics.purged(OperatorMetrics.PurgeSource.ROLLOUT, "ordered");
            String mode = order.mode().name().toLowerCase(Locale.ROOT);
            events.record(
                    policy,
                    Note.normal(
                            "RolledOut",
                            "Purge",
                            "The %s is complete: %s purge %d is ordered."
                                    .formatted(order.token(), mode, order.sequence())));
        }
    }
}
