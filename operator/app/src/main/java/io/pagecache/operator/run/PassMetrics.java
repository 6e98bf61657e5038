package io.pagecache.operator.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.pagecache.operator.metrics.OperatorMetrics;
import io.pagecache.operator.metrics.OperatorMetrics.Pass;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Times each pass of each controller, and says why one failed. The framework says it too, with a stack trace each time: its category is
 * quieter than this one.
 */
@Singleton
public class PassMetrics implements Metrics {
    private static final Logger log = Logger.getLogger(PassMetrics.class);

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

    /** A trace only for what may be a bug; somebody else's write that came first is not even worth a line. */
    @Override
    public void failedReconciliation(HasMetadata resource, Exception failure, Map<String, Object> metadata) {
        String name = "%s %s/%s"
                .formatted(
                        resource.getKind(),
                        resource.getMetadata().getNamespace(),
                        resource.getMetadata().getName());
        switch (rootOf(failure)) {
            case KubernetesClientException conflict
            when conflict.getCode() == HttpURLConnection.HTTP_CONFLICT ->
                log.debugf("%s is tried again: %s", name, conflict.getMessage());
            case KubernetesClientException refused -> log.warnf("%s is tried again: %s", name, refused.getMessage());
            case IOException lost -> log.warnf("%s is tried again: %s", name, lost);
            case IllegalStateException obstacle -> log.warnf("%s is tried again: %s", name, obstacle.getMessage());
            case Throwable bug -> log.errorf(bug, "%s is tried again", name);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null || failure instanceof KubernetesClientException ? failure : rootOf(cause);
    }
}
