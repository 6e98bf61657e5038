package io.pagecache.plan;

/**
 * How far HTTP goes.
 *
 * @param maxRequestBody bytes of a request's body, at least 0; a larger one is answered 413
 * @param noVarySearch whether {@code No-Vary-Search} of the origin tells which query parameters do not tell pages apart
 */
public record Http(long maxRequestBody, boolean noVarySearch) {
    public static final Http DEFAULT = new Http(1L << 30, false);

    public Http {
        if (maxRequestBody < 0) {
            throw new InvalidPlanException(
                    "http.maxRequestBody", "is %d: expected zero or more".formatted(maxRequestBody));
        }
    }
}
