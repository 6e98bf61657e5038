package io.pagecache.proxy;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: a valid plan is in force, all purges known of are done, and the data port listens. The origin may be down. */
@Readiness
@ApplicationScoped
public class ServingCheck implements HealthCheck {
    private final ProxyApplication proxy;

    ServingCheck(ProxyApplication proxy) {
        this.proxy = proxy;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("serving").status(proxy.isReady()).build();
    }
}
