package io.pagecache.proxy.stores;

import io.pagecache.plan.ValueStore;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * A store behind a circuit breaker: after some failures it is left alone, so that pages do not wait for it, and tried again by one
 * request now and then until it answers.
 */
public final class GuardedStore {
    private static final Logger LOG = Logger.getLogger(GuardedStore.class);

    /** Within {@link #WINDOW}. */
    public static final int MOST_FAILURES = 5;

    public static final Duration WINDOW = Duration.ofSeconds(10);

    /** Between the last failure and the next try. */
    public static final Duration PAUSE = Duration.ofSeconds(2);

    private final ValueStore declared;
    private final StoreConnection connection;
    private final CircuitBreaker breaker;
    private final LongAdder failures = new LongAdder();

    GuardedStore(Vertx vertx, ValueStore declared, StoreConnection connection) {
        this.declared = declared;
        this.connection = connection;
        this.breaker = CircuitBreaker.create(
                        declared.name(),
                        vertx,
                        new CircuitBreakerOptions()
                                .setMaxFailures(MOST_FAILURES)
                                .setFailuresRollingWindow(WINDOW.toMillis())
                                .setTimeout(Math.max(1, declared.timeout().toMillis()))
                                .setResetTimeout(PAUSE.toMillis())
                                .setNotificationAddress(null))
                .openHandler(opened -> LOG.warnf("store %s fails: it is left alone for %s", declared.name(), PAUSE))
                .closeHandler(closed -> LOG.infof("store %s is back", declared.name()));
    }

    public String name() {
        return declared.name();
    }

    /** As {@link StoreConnection#carryOut}; fails at once while the store is left alone. */
    public Future<List<Optional<String>>> carryOut(List<StoreCommand> commands) {
        return breaker.<List<Optional<String>>>execute(result -> connection
                        .carryOut(commands)
                        .onSuccess(result::tryComplete)
                        .onFailure(result::tryFail))
                .onFailure(failure -> failures.increment());
    }

    /** 0: in use, 1: tried again, 2: left alone. */
    public int state() {
        CircuitBreakerState state = breaker.state();
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    /** Operations that failed or were not tried. */
    public long failures() {
        return failures.sum();
    }

    void look() {
        if (connection instanceof RedisServer redis) {
            redis.look();
        }
    }

    void close() {
        breaker.close();
        connection.close();
    }
}
