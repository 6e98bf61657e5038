package io.pagecache.proxy.serve;

import io.pagecache.http.Headers;
import io.pagecache.proxy.metrics.Provenance;

/**
 * What a client gets.
 *
 * @param headers complete but for framing and {@code Connection}
 */
public record Reply(int status, Headers headers, Content content, Provenance provenance) {}
