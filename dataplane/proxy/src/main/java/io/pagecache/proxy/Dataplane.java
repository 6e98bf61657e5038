package io.pagecache.proxy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyStats;
import io.pagecache.proxy.admin.BearerToken;
import io.pagecache.proxy.admin.ExplainDesk;
import io.pagecache.proxy.admin.ManagementApi;
import io.pagecache.proxy.admin.StateReport;
import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.cluster.PeerCalls;
import io.pagecache.proxy.cluster.SharedSecret;
import io.pagecache.proxy.coalesce.FetchCoalescer;
import io.pagecache.proxy.collect.CollectingMemory;
import io.pagecache.proxy.door.DoorCounters;
import io.pagecache.proxy.elements.ElementBatch;
import io.pagecache.proxy.elements.KeptValues;
import io.pagecache.proxy.elements.ValueServices;
import io.pagecache.proxy.front.FrontCounters;
import io.pagecache.proxy.h2.Http2Counters;
import io.pagecache.proxy.inbound.DataListener;
import io.pagecache.proxy.inbound.UnderWay;
import io.pagecache.proxy.log.AccessLogWriter;
import io.pagecache.proxy.log.TrafficJournal;
import io.pagecache.proxy.metrics.AuthorMeters;
import io.pagecache.proxy.metrics.DoorMeters;
import io.pagecache.proxy.metrics.FragmentMeters;
import io.pagecache.proxy.metrics.FrontMeters;
import io.pagecache.proxy.metrics.Http2Meters;
import io.pagecache.proxy.metrics.StoreMeters;
import io.pagecache.proxy.metrics.TlsMeters;
import io.pagecache.proxy.metrics.TrafficCounters;
import io.pagecache.proxy.metrics.TrafficMeters;
import io.pagecache.proxy.metrics.ValueMeters;
import io.pagecache.proxy.metrics.VisitorCount;
import io.pagecache.proxy.origin.AllTraffic;
import io.pagecache.proxy.origin.Clocks;
import io.pagecache.proxy.origin.OriginAuthorities;
import io.pagecache.proxy.reload.PlanDirectory;
import io.pagecache.proxy.reload.PlanReloader;
import io.pagecache.proxy.reload.PurgeFollower;
import io.pagecache.proxy.reload.PurgeOfAll;
import io.pagecache.proxy.reload.RollJson;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.PlanCompiler;
import io.pagecache.proxy.serve.PlanHolder;
import io.pagecache.proxy.serve.Stages;
import io.pagecache.proxy.stores.StorePool;
import io.pagecache.proxy.tls.CertificateFolder;
import io.pagecache.proxy.tls.TlsDoor;
import io.pagecache.proxy.warm.WarmUps;
import io.pagecache.purge.PurgeLog;
import io.pagecache.store.BoundedCaches;
import io.pagecache.store.PageStore;
import io.pagecache.store.StoreBudget;
import io.quarkus.cache.Cache;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One proxy, wired: all there is but the process around it. */
public final class Dataplane {
    /**
     * What a proxy needs from outside.
     *
     * @param clock that never steps: ages and waits are measured by it
     * @param wall what others call the time: their dates are held against it
     * @param values keeps what element providers fetched
     * @param boundaries yields random texts of letters and digits
     * @param chance yields random numbers from 0.0 to below 1.0
     */
    public record Surroundings(
            Vertx vertx,
            Clock clock,
            InstantSource wall,
            BoundedCaches caches,
            Cache values,
            MeterRegistry registry,
            AccessLogWriter accessLog,
            Supplier<String> boundaries,
            DoubleSupplier chance) {}

    /**
     * @param planDirectory with {@code plan.json} and {@code purges.json}
     * @param pollInterval how often it is looked at
     * @param references directory with the files that policies refer to
     * @param authorsGrace how long after its time a cut-over is left to the operator
     * @param certificates with a folder for each certificate, or null: clear text only
     * @param originAuthorities PEM file, or null when there is none
     */
    public record Settings(
            DataListener.Settings listener,
            Path planDirectory,
            Duration pollInterval,
            Path tokenFile,
            Path references,
            Duration authorsGrace,
            @Nullable Path certificates,
            @Nullable Path originAuthorities) {}

    /** Until the first plan says how much memory there is. */
    private static final StoreBudget NO_PLAN_YET = new StoreBudget(CachePlan.MIN_CACHE_BYTES);

    private final Vertx vertx;
    private final Settings settings;
    private final PageStore store;
    private final TrafficCounters counters;
    private final VisitorCount visitors;
    private final PlanHolder plans = new PlanHolder();
    private final StorePool stores;
    private final PlanReloader reloader;
    private final PurgeFollower purges;
    private final WarmUps warmUps;
    private final StateReport state;
    private final SharedSecret secret;
    private final AuthorSessions authors;
    private final ExplainDesk explain;
    private final OriginAuthorities authorities;
    private final @Nullable TlsDoor tls;
    private final DataListener listener;

    public Dataplane(Surroundings with, Settings settings) {
        this.vertx = with.vertx();
        this.settings = settings;
        this.store = new PageStore(NO_PLAN_YET, with.caches(), with.clock());
        this.visitors = new VisitorCount(with.clock());
        this.counters = new TrafficCounters(with.clock().instant());
        FetchCoalescer coalescer = new FetchCoalescer(vertx);
        CollectingMemory memory = new CollectingMemory();
        TrafficMeters meters = new TrafficMeters(with.registry());
        StoreMeters storeMeters = new StoreMeters(with.registry(), store, coalescer, memory);
        this.authorities = new OriginAuthorities(settings.originAuthorities());
        KeptValues values = new KeptValues(with.values(), with.clock());
        ValueMeters valueMeters = new ValueMeters(with.registry());
        this.stores = new StorePool(vertx, settings.references(), valueMeters);
        ElementBatch.Services services = new ElementBatch.Services(
                vertx,
                with.clock(),
                new ValueServices(vertx, valueMeters),
                values,
                stores,
                valueMeters,
                settings.references());
        PlanCompiler compiler = new PlanCompiler(
                services,
                new PlanCompiler.Origins(authorities, new AllTraffic(counters, meters)),
                store,
                new Clocks(with.clock(), with.wall()),
                with.chance());
        this.secret = new SharedSecret(settings.tokenFile());
        this.authors = new AuthorSessions(store, secret, new PeerCalls(vertx, secret, new RollJson()), with.wall());
        this.reloader = new PlanReloader(plans, (plan, before) -> inForce(compiler, plan, before, storeMeters));
        this.purges = new PurgeFollower(
                new PurgeLog(new PurgeOfAll(store, values, plans), with.clock()),
                storeMeters::purged,
                cutOver -> authors.published(cutOver.publishes()),
                this::later,
                with.wall());
        Stages.Assembled stages = Stages.assemble(new Stages.Surroundings(
                vertx,
                store,
                with.caches(),
                coalescer,
                authors,
                memory,
                with.clock(),
                new FragmentMeters(with.registry()),
                with.boundaries()));
        this.explain = new ExplainDesk(plans, stages.explainer(), with.wall());
        this.warmUps =
                new WarmUps(new WarmUps.Surroundings(vertx, plans, stages.server(), stages.warmer(), with.clock()));
        this.state = new StateReport(plans, reloader, purges, warmUps, authors, this::certificates, with.clock());
        TrafficJournal journal = new TrafficJournal(counters, meters, with.accessLog(), visitors);
        this.tls = settings.certificates() == null ? null : new TlsDoor(new CertificateFolder(settings.certificates()));
        this.listener = new DataListener(
                vertx,
                settings.listener(),
                new DataListener.Handlers(
                        plans, stages.server(), store, journal, new UnderWay(), authors, with.clock()),
                tls);
        measureProcess(with);
    }

    private ActivePlan inForce(PlanCompiler compiler, CachePlan plan, @Nullable ActivePlan before, StoreMeters meters) {
        ActivePlan active = compiler.compile(plan, before);
        meters.inForce(plan.policy(), plan.revision());
        authors.inForce(active.authors(), plan);
        return active;
    }

    private void measureProcess(Surroundings with) {
        AuthorMeters.register(with.registry(), authors);
        FrontMeters.register(with.registry(), listener.frontCounters());
        DoorMeters.register(with.registry(), listener.doorCounters());
        Http2Meters.register(with.registry(), listener.http2Counters());
        if (tls != null) {
            TlsMeters.register(with.registry(), tls);
        }
        Gauge.builder("pagecache.requests.under.way", underWay(), UnderWay::count)
                .description("Client requests between head and end")
                .register(with.registry());
        Gauge.builder(
                        "pagecache.unique.visitors",
                        visitors,
                        count -> count.ofLastDay().estimate())
                .description("Different client addresses of the last 24 hours, about")
                .register(with.registry());
        FunctionCounter.builder("pagecache.access.log.dropped", with.accessLog(), AccessLogWriter::dropped)
                .description("Access log lines lost because the log was not read fast enough")
                .register(with.registry());
    }

    /** Takes up what is in the plan directory, opens the data port, and follows the directory from then on. */
    public Future<Integer> start() {
        PlanDirectory directory = new PlanDirectory(settings.planDirectory(), reloader, purges, authors::hear);
        return look(directory).compose(looked -> listener.start()).onSuccess(port -> follow(directory));
    }

    /** Opens the data port for this plan and no other. */
    Future<Integer> serveOnly(CachePlan plan) {
        reloader.push(plan);
        return listener.start();
    }

    /** Closes the data port at once. */
    Future<Void> close() {
        return listener.close();
    }

    /** The next look comes a while after the last one has ended, however long its purges took. */
    private void follow(PlanDirectory directory) {
        vertx.setTimer(
                settings.pollInterval().toMillis(), tick -> look(directory).onComplete(looked -> follow(directory)));
    }

    private void later(Duration delay, Runnable work) {
        vertx.setTimer(
                Math.max(1, delay.toMillis()),
                due -> vertx.executeBlocking(() -> {
                    work.run();
                    return null;
                }));
    }

    private Future<Void> look(PlanDirectory directory) {
        return vertx.executeBlocking(
                () -> {
                    lookAtAuthorities();
                    boolean anotherSecret = secret.refresh();
                    directory.look();
                    visitors.secret(BearerToken.textOf(settings.tokenFile()));
                    ActivePlan plan = plans.current();
                    if (anotherSecret && plan != null) {
                        authors.inForce(plan.authors(), plan.plan());
                    }
                    authors.cutOverIfOverdue(settings.authorsGrace());
                    if (tls != null) {
                        tls.folder().look();
                    }
                    store.tidy();
                    lookAtReferences();
                    return null;
                },
                true);
    }

    private void lookAtReferences() {
        ActivePlan plan = plans.current();
        if (plan != null) {
            plan.elements().look();
        }
        stores.look();
    }

    /** Before the plan, whose first connections they judge. */
    private void lookAtAuthorities() {
        ActivePlan active = plans.current();
        if (authorities.look() && active != null) {
            active.origin().authoritiesChanged();
        }
    }

    public ManagementApi management() {
        return new ManagementApi(
                settings.tokenFile(),
                new ManagementApi.Desks(reloader, purges, warmUps, state, this::stats, authors, explain));
    }

    private List<ProxyState.CertificateState> certificates() {
        return tls == null ? List.of() : tls.folder().standings();
    }

    public ProxyState state() {
        return state.report();
    }

    /** The port for TLS, or 0 without one. */
    public int tlsPort() {
        return listener.tlsPort();
    }

    /** New connections are refused from now on; what is under way goes on. */
    public void closeDoor() {
        listener.closeDoor();
    }

    public DoorCounters doorCounters() {
        return listener.doorCounters();
    }

    public Http2Counters http2Counters() {
        return listener.http2Counters();
    }

    /** What the front of the data port has refused, closed and answered by itself. */
    public FrontCounters frontCounters() {
        return listener.frontCounters();
    }

    public ProxyStats stats() {
        return counters.snapshot(store.stats(), visitors.ofLastDay());
    }

    /** A valid plan, all purges done, and a port that listens. */
    public boolean isReady() {
        return state.isReadyToServe() && listener.isBound() && !underWay().isLeaving();
    }

    public UnderWay underWay() {
        return listener.underWay();
    }
}
