package io.pagecache.operator.observe;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the Deployment's controller says.
 *
 * @param updated pods of the newest shape
 * @param available pods that have been ready for long enough
 * @param current whether the controller has seen the newest Deployment
 * @param failure why it cannot go on: quota, admission, a deadline
 */
public record DeploymentProgress(int updated, int available, boolean current, Optional<Failure> failure) {

    /** @param reason in upper camel case, as the controller gave it */
    public record Failure(String reason, String message) {}

    /** Of a Deployment, or of none yet. */
    public static DeploymentProgress of(@Nullable Deployment deployment) {
        DeploymentStatus status = deployment == null ? null : deployment.getStatus();
        if (deployment == null || status == null) {
            return new DeploymentProgress(0, 0, false, Optional.empty());
        }
        return new DeploymentProgress(
                Objects.requireNonNullElse(status.getUpdatedReplicas(), 0),
                Objects.requireNonNullElse(status.getAvailableReplicas(), 0),
                Objects.equals(deployment.getMetadata().getGeneration(), status.getObservedGeneration()),
                status.getConditions().stream()
                        .filter(DeploymentProgress::tellsFailure)
                        .findFirst()
                        .map(condition -> new Failure(condition.getReason(), condition.getMessage())));
    }

    /** As many pods of the newest shape as wanted serve. */
    public boolean isAvailable(int desired) {
        return current && updated >= desired && available >= desired;
    }

    private static boolean tellsFailure(DeploymentCondition condition) {
        return switch (condition.getType()) {
            case "ReplicaFailure" -> "True".equals(condition.getStatus());
            case "Progressing" -> "False".equals(condition.getStatus());
            default -> false;
        };
    }
}
