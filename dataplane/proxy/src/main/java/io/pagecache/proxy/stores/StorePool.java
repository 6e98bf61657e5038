package io.pagecache.proxy.stores;

import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueStore;
import io.pagecache.proxy.metrics.ValueMeters;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The stores of the plan in force. Connections outlive a change of plan unless the store itself changes. */
public final class StorePool {
    /** Pages that were begun under the old plan may still ask its stores. */
    private static final long GRACE_SECONDS = 30;

    private final Vertx vertx;
    private final Path references;
    private final ValueMeters meters;
    private final Map<ValueStore, GuardedStore> stores = new ConcurrentHashMap<>();

    /** @param references directory with the files that policies refer to */
    public StorePool(Vertx vertx, Path references, ValueMeters meters) {
        this.vertx = vertx;
        this.meters = meters;
        this.references = references;
    }

    /** Stores by name. Nothing is connected before it is needed. */
    public Map<String, GuardedStore> of(Pages pages) {
        Map<String, GuardedStore> byName = new HashMap<>();
        for (ValueStore store : pages.stores()) {
            byName.put(store.name(), stores.computeIfAbsent(store, this::open));
        }
        return byName;
    }

    private GuardedStore open(ValueStore store) {
        StoreConnection connection =
                switch (store.kind()) {
                    case ValueStore.Memcached memcached -> new Memcached(vertx, memcached, store.timeout());
                    case ValueStore.Redis redis -> new RedisServer(vertx, redis, references, store.timeout());
                };
        GuardedStore guarded = new GuardedStore(vertx, store, connection);
        meters.followStore(store.name(), guarded.guard());
        return guarded;
    }

    /** Closes, after a while, the stores that no plan has any more. */
    public void keepOnly(Pages pages) {
        Set<ValueStore> gone = new HashSet<>(stores.keySet());
        gone.removeAll(new HashSet<>(pages.stores()));
        for (ValueStore store : gone) {
            GuardedStore retired = stores.remove(store);
            if (retired != null) {
                vertx.setTimer(TimeUnit.SECONDS.toMillis(GRACE_SECONDS), later -> retired.close());
            }
        }
    }

    /** Takes up changed credentials. Blocks for the reading of files. */
    public void look() {
        stores.values().forEach(GuardedStore::look);
    }
}
