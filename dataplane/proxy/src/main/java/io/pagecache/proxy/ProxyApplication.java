package io.pagecache.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.pagecache.proxy.inbound.DataListener;
import io.pagecache.proxy.log.AccessLogWriter;
import io.pagecache.proxy.tls.TlsDoor;
import io.pagecache.store.BoundedCaches;
import io.pagecache.store.SteadyClock;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The process: starts the proxy with Quarkus and lets it leave without dropping a request. On SIGTERM the pod turns not ready and
 * serves on for a while, each reply closing its connection, until the cluster has stopped sending; then it waits for what is under
 * way and exits.
 */
@Singleton
public class ProxyApplication {
    private static final Logger LOG = Logger.getLogger(ProxyApplication.class);
    private static final long MOST_WARM_UP_REQUESTS = 20_000;

    private static final Duration UPKEEP_DELAY = Duration.ofMillis(5);

    private final ProxyConfig config;
    private final AccessLogWriter accessLog;
    private final Dataplane.Surroundings surroundings;
    private final Dataplane.Settings settings;
    private final Dataplane dataplane;

    @Inject
    public ProxyApplication(
            ProxyConfig config, Vertx vertx, MeterRegistry registry, @CacheName("element-values") Cache values) {
        this.config = config;
        this.accessLog = new AccessLogWriter(
                new FileOutputStream(FileDescriptor.out),
                () -> ThreadLocalRandom.current().nextDouble());
        BoundedCaches caches = new BoundedCaches(upkeep(), Ticker.systemTicker());
        this.surroundings = new Dataplane.Surroundings(
                vertx,
                new SteadyClock(Clock.systemUTC().instant(), System::nanoTime),
                Clock.systemUTC(),
                caches,
                values,
                registry,
                accessLog,
                ProxyApplication::boundary,
                () -> ThreadLocalRandom.current().nextDouble());
        this.settings = settings(config);
        this.dataplane = new Dataplane(surroundings, settings);
    }

    /**
     * A thread of its own for the stores' maintenance, which must not hold up an event loop. It starts a little late: by then many
     * more hits wait to be noted, and waking a thread for every few of them costs more than the hits do.
     */
    private static Executor upkeep() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("store-upkeep").factory());
        return task -> thread.schedule(task, UPKEEP_DELAY.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Dataplane.Settings settings(ProxyConfig config) {
        return new Dataplane.Settings(
                new DataListener.Settings(
                        config.http().host(),
                        config.http().port(),
                        config.tls().port(),
                        config.http().idleTimeout(),
                        Runtime.getRuntime().availableProcessors()),
                config.plan().dir(),
                config.plan().pollInterval(),
                config.management().tokenFile(),
                config.references().dir(),
                config.authors().grace(),
                config.tls().dir().orElse(null),
                config.origin().caFile().orElse(null));
    }

    private static String boundary() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Long.toString(random.nextLong(Long.MAX_VALUE), 36) + Long.toString(random.nextLong(Long.MAX_VALUE), 36);
    }

    void addManagement(@Observes ManagementInterface management) {
        dataplane.management().addTo(management.router());
    }

    void start(@Observes StartupEvent event) {
        accessLog.start();
        if (ImageMode.current() == ImageMode.JVM && config.selfWarmUp().limit().isPositive()) {
            warmUp();
        }
        int port = dataplane.start().toCompletionStage().toCompletableFuture().join();
        LOG.infof(
                "serving on %s:%d, plan from %s",
                config.http().host(), port, config.plan().dir());
        if (dataplane.tlsPort() != 0) {
            LOG.infof("serving TLS on %s:%d by %s", config.http().host(), dataplane.tlsPort(), TlsDoor.engine());
        }
    }

    /** A proxy that could not rehearse serves all the same, more slowly at first: that is no reason to keep it from its readers. */
    private void warmUp() {
        try {
            Rehearsal.Outcome outcome = new Rehearsal(surroundings, settings)
                    .run(config.selfWarmUp().limit(), MOST_WARM_UP_REQUESTS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            LOG.infof(
                    "warmed up by %d requests in %d ms, %d of them on the fast path",
                    outcome.requests(), outcome.took().toMillis(), outcome.fastAnswers());
            if (outcome.fastAnswers() == 0) {
                LOG.warn("no hit took the fast path: hits cost more than they should");
            }
        } catch (CompletionException failed) {
            LOG.warnf("could not warm up: %s", String.valueOf(failed.getCause()));
        }
    }

    void beginLeaving(@Observes ShutdownDelayInitiatedEvent event) {
        LOG.info("leaving: not ready any more");
        dataplane.underWay().leave();
    }

    void leave(@Observes ShutdownEvent event) throws InterruptedException {
        dataplane.closeDoor();
        try {
            dataplane
                    .underWay()
                    .leave()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(config.drain().limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.warnf("%d requests were still under way", dataplane.underWay().count());
        } catch (java.util.concurrent.ExecutionException cannotHappen) {
            throw new IllegalStateException(cannotHappen);
        }
        accessLog.close();
    }

    boolean isReady() {
        return dataplane.isReady();
    }
}
