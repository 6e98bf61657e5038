package io.pagecache.operator.run;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the caches are filled. Liveness has no check of its own: an unreachable API server must not restart the operator,
 * and a lost lease ends the process by itself.
 */
@Readiness
@Singleton
class ControllersReady implements HealthCheck {
    private final OperatorProcess process;

    ControllersReady(OperatorProcess process) {
        this.process = process;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("controllers");
        return switch (process.state()) {
            case OperatorState.Starting(String obstacle) ->
                response.down().withData("obstacle", obstacle).build();
            case OperatorState.Running running -> response.up().build();
        };
    }
}
