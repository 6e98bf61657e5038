package io.pagecache.operator.hooks;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PurgingSpec.Hook;
import io.pagecache.operator.events.EventRecorder;
import io.pagecache.operator.events.Note;
import io.pagecache.operator.metrics.OperatorMetrics;
import io.pagecache.operator.metrics.OperatorMetrics.HookCall;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Tells metrics of each try to call a hook, and people of a hook that was given up. */
@Singleton
public class HookNews {
    private final EventRecorder events;
    private final OperatorMetrics metrics;

    public HookNews(EventRecorder events, OperatorMetrics metrics) {
        this.events = events;
        this.metrics = metrics;
    }

    void taken() {
        metrics.toldHook(HookCall.TAKEN);
    }

    void failed() {
        metrics.toldHook(HookCall.FAILED);
    }

    void givenUp(PageCachePolicy policy, Hook hook, HookBacklog backlog, String problem, Instant begin) {
        metrics.toldHook(HookCall.GIVEN_UP);
        events.record(
                policy,
                Note.warning(
                        "HookFailed",
                        "CallHook",
                        "Hook %s was not told of purge %d and those before it; tried since %s, last: %s"
                                .formatted(hook.name(), backlog.upTo(), begin, problem)));
    }
}
