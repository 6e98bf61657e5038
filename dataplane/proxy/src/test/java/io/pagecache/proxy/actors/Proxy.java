package io.pagecache.proxy.actors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.proxy.Dataplane;
import io.pagecache.proxy.inbound.DataListener;
import io.pagecache.proxy.log.AccessLogWriter;
import io.pagecache.proxy.reload.WireJson;
import io.pagecache.store.BoundedCaches;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheImpl;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheInfo;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The proxy as it runs in a pod, but for Quarkus around it. */
public final class Proxy implements AutoCloseable {
    public static final String TOKEN = "test-token";

    private final Path directory;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final AccessLogWriter accessLog = new AccessLogWriter(logged, () -> 0.5).start();
    private final Dataplane dataplane;
    private final HttpServer management;
    private final int port;

    /** What the next draw by lot yields. */
    public final AtomicReference<Double> chance = new AtomicReference<>(0.5);

    /** What parts of multipart bodies are parted by. */
    public volatile Supplier<String> boundaries = () -> "boundary";

    public final HandClock clock = new HandClock();

    /** How far somebody has set the wall clock. */
    public volatile Duration wallOffset = Duration.ZERO;

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    public Proxy(Vertx vertx, Path directory, SamplePlan plan) {
        this(vertx, directory, plan, PurgeLedger.EMPTY);
    }

    /** @param ledger mounted when it starts */
    public Proxy(Vertx vertx, Path directory, SamplePlan plan, PurgeLedger ledger) {
        this.directory = directory;
        write(plan);
        write(ledger);
        Path token = directory.resolve("token");
        writeFile(token, (TOKEN + "\n").getBytes(StandardCharsets.UTF_8));
        Path certificates = directory.resolve("certificates");
        CaffeineCacheInfo values = new CaffeineCacheInfo();
        values.name = "element-values";
        values.maximumSize = 100L;
        dataplane = new Dataplane(
                new Dataplane.Surroundings(
                        vertx,
                        clock,
                        () -> clock.instant().plus(wallOffset),
                        new BoundedCaches(Runnable::run, clock),
                        new CaffeineCacheImpl(values, false),
                        meters,
                        accessLog,
                        () -> boundaries.get(),
                        chance::get),
                new Dataplane.Settings(
                        new DataListener.Settings("127.0.0.1", 0, 0, Duration.ofSeconds(30), 2),
                        directory,
                        Duration.ofMillis(50),
                        token,
                        directory.resolve("references"),
                        Duration.ofSeconds(60),
                        Files.isDirectory(certificates) ? certificates : null,
                        directory.resolve("origin-ca.crt")));
        port = Sync.get(dataplane.start());
        Router router = Router.router(vertx);
        dataplane.management().addTo(router);
        management = Sync.get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    public void write(SamplePlan plan) {
        writeFile(directory.resolve("plan.json"), WireJson.write(plan.build()));
    }

    public void write(PurgeLedger ledger) {
        writeFile(directory.resolve("purges.json"), WireJson.write(ledger));
    }

    public void writePlanText(String text) {
        writeFile(directory.resolve("plan.json"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeFile(Path file, byte[] content) {
        try {
            Path whole = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public int managementPort() {
        return management.actualPort();
    }

    public Dataplane dataplane() {
        return dataplane;
    }

    /** Revision of the plan in force. */
    public String revision() {
        return String.valueOf(dataplane.state().revision());
    }

    /** What the access log has written so far. */
    public String log() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        accessLog.close();
    }
}
