package io.pagecache.proxy.stores;

import io.pagecache.plan.ValueStore;
import io.pagecache.proxy.guard.CallGuard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** A store that is left alone while it fails. */
public final class GuardedStore {
    private final ValueStore declared;
    private final StoreConnection connection;
    private final CallGuard guard;

    GuardedStore(Vertx vertx, ValueStore declared, StoreConnection connection) {
        this.declared = declared;
        this.connection = connection;
        this.guard = new CallGuard(vertx, "store " + declared.name(), declared.timeout());
    }

    public String name() {
        return declared.name();
    }

    /** As {@link StoreConnection#carryOut}; fails at once while the store is left alone. */
    public Future<List<Optional<String>>> carryOut(List<StoreCommand> commands) {
        return guard.call(() -> connection.carryOut(commands));
    }

    CallGuard guard() {
        return guard;
    }

    void look() {
        if (connection instanceof RedisServer redis) {
            redis.look();
        }
    }

    void close() {
        guard.close();
        connection.close();
    }
}
