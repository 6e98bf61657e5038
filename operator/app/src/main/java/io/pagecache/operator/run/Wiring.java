package io.pagecache.operator.run;

import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.desired.ProxyRuntime;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Objects that other classes ask for and that are not beans themselves. */
final class Wiring {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    ProxyRuntime proxyRuntime(OperatorConfig config) {
        return ProxyRuntime.of(config.proxy());
    }
}
