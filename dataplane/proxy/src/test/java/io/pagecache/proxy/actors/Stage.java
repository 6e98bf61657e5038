package io.pagecache.proxy.actors;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** An origin, a proxy in front of it, and a visitor. */
public final class Stage implements AutoCloseable {
    public final Vertx vertx = Vertx.vertx();
    public final ScriptedOrigin origin = new ScriptedOrigin(vertx);
    public final Proxy proxy;
    public final Visitor visitor;
    public final Visitor operator;

    /** For an origin that says anything but proper HTTP; the plan's origin when it was asked for. */
    public final RawOrigin raw = new RawOrigin(vertx);

    public Stage(Path directory, SamplePlan plan) {
        this(directory, plan, false);
    }

    /** A stage whose proxy asks {@link #raw}. */
    public static Stage raw(Path directory, SamplePlan plan) {
        return new Stage(directory, plan, true);
    }

    private Stage(Path directory, SamplePlan plan, boolean asksRaw) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        plan.originPort = asksRaw ? raw.port() : origin.port();
        proxy = new Proxy(vertx, directory, plan);
        visitor = new Visitor(vertx, proxy.port());
        operator = new Visitor(vertx, proxy.managementPort());
    }

    @Override
    public void close() throws Exception {
        proxy.close();
        Sync.get(vertx.close());
    }
}
