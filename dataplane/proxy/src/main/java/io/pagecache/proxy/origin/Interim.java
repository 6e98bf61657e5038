package io.pagecache.proxy.origin;

import io.pagecache.http.Headers;

/**
 * An interim answer (RFC 9110 section 15.2): passed on to the client that the origin works for, never stored.
 *
 * @param status 102 to 199, never 101
 * @param headers end-to-end fields
 */
public record Interim(int status, Headers headers) {}
