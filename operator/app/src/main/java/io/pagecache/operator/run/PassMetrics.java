package io.pagecache.operator.run;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.pagecache.operator.metrics.OperatorMetrics;
import io.pagecache.operator.metrics.OperatorMetrics.Pass;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Times each pass of each controller. */
@Singleton
public class PassMetrics implements Metrics {
    private final OperatorMetrics metrics;
    private final Clock clock;

    public PassMetrics(OperatorMetrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        Instant begin = clock.instant();
        Pass outcome = Pass.RETRIED;
        try {
            T result = execution.execute();
            outcome = Pass.DONE;
            return result;
        } finally {
            metrics.reconciled(execution.controllerName(), outcome, Duration.between(begin, clock.instant()));
        }
    }
}
