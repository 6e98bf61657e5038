package io.pagecache.http;

import org.jspecify.annotations.Nullable;

/**
 * One client request, normalised: what decisions are made on.
 *
 * @param method as sent; methods are case-sensitive (RFC 9110 section 9.1)
 * @param scheme {@code http} or {@code https}, as the client used it
 * @param host lower case, without the scheme's default port and without a trailing dot
 * @param path absolute path exactly as sent, never decoded
 * @param query what followed the first {@code ?}, exactly as sent; null without {@code ?}
 * @param headers end-to-end and hop-by-hop fields as received
 * @param client who asks
 * @param hasBody whether a body follows ({@code Content-Length} above zero or chunked)
 */
public record PageRequest(
        String method,
        String scheme,
        String host,
        String path,
        @Nullable String query,
        Headers headers,
        ClientAddress client,
        boolean hasBody) {

    /** The same request with other fields. */
    public PageRequest with(Headers fields) {
        return fields == headers ? this : new PageRequest(method, scheme, host, path, query, fields, client, hasBody);
    }

    /** The same request for another path and query. */
    public PageRequest withTarget(String otherPath, @Nullable String otherQuery) {
        return new PageRequest(method, scheme, host, otherPath, otherQuery, headers, client, hasBody);
    }

    /** The same request for another query of the path. */
    public PageRequest withQuery(@Nullable String other) {
        return new PageRequest(method, scheme, host, path, other, headers, client, hasBody);
    }

    /** Path and query as sent. */
    public String target() {
        return query == null ? path : path + '?' + query;
    }

    /** GET or HEAD: the methods that a stored page can answer. */
    public boolean isRetrieval() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** GET, HEAD, OPTIONS or TRACE (RFC 9110 section 9.2.1): all others invalidate. */
    public boolean isSafe() {
        return isRetrieval() || method.equals("OPTIONS") || method.equals("TRACE");
    }
}
