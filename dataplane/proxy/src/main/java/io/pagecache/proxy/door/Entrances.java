package io.pagecache.proxy.door;

import io.netty.channel.Channel;
import java.util.function.Consumer;

/** Where a connection goes once its version of HTTP is known: each adds what it needs to the end of the pipeline. */
record Entrances(Consumer<Channel> http1, Consumer<Channel> http2) {}
