package io.pagecache.operator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Counters and timers of the operator's own work; their labels are closed sets, never names of policies. */
@Singleton
public class OperatorMetrics {
    private final MeterRegistry registry;

    public OperatorMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** One pass over one resource. */
    public void reconciled(String kind, Pass outcome, Duration took) {
        Timer.builder("pagecache.operator.reconciles")
                .description("Passes over one resource")
                .tags("kind", kind, "outcome", outcome.label)
                .register(registry)
                .record(took);
    }

    /** One plan or ledger sent to one proxy. */
    public void pushed(Payload payload, Push outcome) {
        Counter.builder("pagecache.operator.pushes")
                .description("Plans and purges sent to proxies")
                .tags("payload", payload.label, "outcome", outcome.label)
                .register(registry)
                .increment();
    }

    /** One purge that reached a final state. */
    public void purged(PurgeSource source, String state) {
        Counter.builder("pagecache.operator.purges")
                .description("Purges that reached a final state")
                .tags("source", source.label, "state", state)
                .register(registry)
                .increment();
    }

    /** One call of the purge endpoint that was answered. */
    public void calledByHttp(String outcome) {
        Counter.builder("pagecache.operator.purge.calls")
                .description("Purges called for by HTTP")
                .tags("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** One try to call a hook. */
    public void toldHook(HookCall outcome) {
        Counter.builder("pagecache.operator.hook.calls")
                .description("Calls of hooks on purges and cut-overs")
                .tags("outcome", outcome.label)
                .register(registry)
                .increment();
    }

    public enum HookCall {
        TAKEN("taken"),
        /** It will be tried again. */
        FAILED("failed"),
        GIVEN_UP("given_up");

        private final String label;

        HookCall(String label) {
            this.label = label;
        }
    }

    public enum Pass {
        DONE("done"),
        RETRIED("retried");

        private final String label;

        Pass(String label) {
            this.label = label;
        }
    }

    public enum PurgeSource {
        ANNOTATION("annotation"),
        RESOURCE("resource"),
        ROLLOUT("rollout");

        private final String label;

        PurgeSource(String label) {
            this.label = label;
        }
    }

    public enum Payload {
        /** The proxy was not reached, so it does not matter what would have been sent. */
        ANY("any"),
        PLAN("plan"),
        PURGES("purges"),
        WARM_UP("warm_up");

        private final String label;

        Payload(String label) {
            this.label = label;
        }
    }

    public enum Push {
        TAKEN("taken"),
        REFUSED("refused"),
        FAILED("failed");

        private final String label;

        Push(String label) {
            this.label = label;
        }
    }
}
