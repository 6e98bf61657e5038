package io.pagecache.proxy;

import io.pagecache.store.BoundedCaches;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The classes that libraries load by name on our behalf, named for native images. */
@RegisterForReflection(
        targets = com.maxmind.db.Metadata.class,
        classNames = {BoundedCaches.CACHE_CLASS, BoundedCaches.ENTRY_CLASS})
final class LoadedByName {
    private LoadedByName() {}
}
