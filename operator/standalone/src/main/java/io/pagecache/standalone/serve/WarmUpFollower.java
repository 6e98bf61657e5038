package io.pagecache.standalone.serve;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.warm.WarmUpDecider;
import io.pagecache.operator.warm.WarmUpDecision;
import io.pagecache.operator.warm.WarmUpMemory;
import io.pagecache.operator.warm.WarmUpTarget;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.WarmUpProgress;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins the warm-ups that a policy file asks for, and says how they ended. Used by one thread at a time. */
final class WarmUpFollower {
    private final Console console;
    private final Clock clock;
    private WarmUpMemory memory = WarmUpMemory.NONE;
    private @Nullable WarmUpTarget settled;

    WarmUpFollower(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    /** @param purges number of the newest purge ordered */
    void look(@Nullable PageCachePolicy policy, long purges, ManagementClient client) throws InterruptedException {
        if (policy == null) {
            return;
        }
        Optional<WarmUpDecision> decision = WarmUpDecider.decide(policy, memory, purges, clock.instant());
        memory = decision.map(WarmUpDecision::memory).orElse(WarmUpMemory.NONE);
        WarmUpTarget target = decision.map(WarmUpDecision::target).orElse(null);
        if (target != null && !target.equals(settled)) {
            follow(target, client);
        }
    }

    private void follow(WarmUpTarget target, ManagementClient client) throws InterruptedException {
        Optional<ProxyState> state = client.state().filter(proxy -> proxy.revision() != null);
        if (state.isEmpty()) {
            return;
        }
        switch (target.stepFor(state.get())) {
            case BEGIN -> {
                if (client.begin(target.order())) {
                    console.say(
                            "Warm-up '%s' has begun".formatted(target.order().id()));
                }
            }
            case CANCEL -> client.cancelWarmUp();
            case NOTHING -> report(target, state.get().warmUp());
        }
    }

    private void report(WarmUpTarget target, @Nullable WarmUpProgress run) {
        if (run == null || run.state() == WarmUpProgress.State.RUNNING) {
            return;
        }
        settled = target;
        String problem = run.problem() == null ? "" : ": " + run.problem();
        console.say("Warm-up '%s' has ended (%s): %d of %d pages, %d failed, %d cannot be kept%s"
                .formatted(run.id(), run.state(), run.done(), run.total(), run.failed(), run.uncacheable(), problem));
    }
}
