package io.pagecache.proxy.origin;

import io.pagecache.http.Headers;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What goes between client and origin beside head and body.
 *
 * @param interims gets the origin's interim answers, on any thread
 * @param trailers the fields after the client's chunked body, asked for when the body is over
 */
public record Asides(Consumer<Interim> interims, Supplier<Headers> trailers) {
    public static final Asides NONE = new Asides(interim -> {}, () -> Headers.EMPTY);
}
