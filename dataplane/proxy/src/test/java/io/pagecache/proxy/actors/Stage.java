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

    public Stage(Path directory, SamplePlan plan) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        plan.originPort = origin.port();
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
