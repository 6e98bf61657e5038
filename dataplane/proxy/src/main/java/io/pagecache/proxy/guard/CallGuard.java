package io.pagecache.proxy.guard;

import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A circuit breaker: after some failures what is called is left alone, so that pages do not wait for it, and tried again by one
 * call now and then until it answers.
 */
public final class CallGuard {
    private static final Logger LOG = Logger.getLogger(CallGuard.class);

    /** Within {@link #WINDOW}. */
    public static final int MOST_FAILURES = 5;

    public static final Duration WINDOW = Duration.ofSeconds(10);

    /** Between the last failure and the next try. */
    public static final Duration PAUSE = Duration.ofSeconds(2);

    private final CircuitBreaker breaker;
    private final LongAdder failures = new LongAdder();

    /**
     * @param name for the log, such as {@code store stats}
     * @param timeout after which a call has failed
     */
    public CallGuard(Vertx vertx, String name, Duration timeout) {
        this.breaker = CircuitBreaker.create(
                        name,
                        vertx,
                        new CircuitBreakerOptions()
                                .setMaxFailures(MOST_FAILURES)
                                .setFailuresRollingWindow(WINDOW.toMillis())
                                .setTimeout(Math.max(1, timeout.toMillis()))
                                .setResetTimeout(PAUSE.toMillis())
                                .setNotificationAddress(null))
                .openHandler(opened -> LOG.warnf("%s fails: it is left alone for %s", name, PAUSE))
                .closeHandler(closed -> LOG.infof("%s is back", name));
    }

    /** What the call comes to; fails at once, without a call, while the other side is left alone. */
    public <T> Future<T> call(Supplier<Future<T>> call) {
        return breaker.<T>execute(
                        result -> call.get().onSuccess(result::tryComplete).onFailure(result::tryFail))
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

    /** Calls that failed or were not tried. */
    public long failures() {
        return failures.sum();
    }

    public void close() {
        breaker.close();
    }
}
