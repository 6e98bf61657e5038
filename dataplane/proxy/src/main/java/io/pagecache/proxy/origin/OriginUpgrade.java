package io.pagecache.proxy.origin;

import io.pagecache.http.PageResponse;
import io.vertx.core.net.NetSocket;

/** What became of a request to switch protocols. */
public sealed interface OriginUpgrade {

    /** The connection now belongs to the two ends. */
    record Switched(PageResponse response, NetSocket socket) implements OriginUpgrade {}

    /** The origin answered in HTTP instead. */
    record Declined(PageResponse response, OriginBody body) implements OriginUpgrade {}

    record Failed(OriginFailure failure) implements OriginUpgrade {}
}
