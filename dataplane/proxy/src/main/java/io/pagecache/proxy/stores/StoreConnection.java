package io.pagecache.proxy.stores;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Speaks the protocol of one store. Thread-safe; never blocks. */
interface StoreConnection {

    /**
     * Does all of it in one round trip per server.
     *
     * @return a text for each command, in their order, empty where there is none; fails as a whole when a server cannot be reached,
     *     takes too long or breaks its protocol
     */
    Future<List<Optional<String>>> carryOut(List<StoreCommand> commands);

    void close();
}
