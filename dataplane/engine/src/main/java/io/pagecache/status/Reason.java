package io.pagecache.status;

/**
 * Why the cache did what it did. The one list behind the {@code detail} of {@code Cache-Status}, the access log, the metric
 * label, the policy's statistics and explain.
 */
public enum Reason {
    // answered from the store
    FRESH,
    STALE_WHILE_REVALIDATE,
    STALE_IF_ERROR,
    STALE_ALLOWED_BY_CLIENT,
    REVALIDATED,
    HELD_FOR_AUTHORS,

    // nothing suitable in the store
    ABSENT,
    OTHER_VARIANT_STORED,
    EXPIRED,
    PURGED_SOFT,
    MUST_REVALIDATE,
    RANGE_ABSENT,
    COALESCE_WAIT_EXCEEDED,

    // cache not consulted
    PASS_THROUGH_MODE,
    RULE_NEVER,
    METHOD_NOT_CACHEABLE,
    REQUEST_BODY,
    UPGRADE,
    QUERY_STRING,
    BYPASS_CLIENT_IP,
    BYPASS_HEADER,
    BYPASS_COOKIE,
    AUTHOR,
    KNOWN_UNCACHEABLE,

    // answer not kept
    NO_STORE,
    PRIVATE,
    SET_COOKIE,
    AUTHORIZATION,
    COOKIE_WITHOUT_EXPLICIT_FRESHNESS,
    VARY_STAR,
    VARIANT_LIMIT,
    TAG_LIMIT,
    STATUS_NOT_CACHEABLE,
    PARTIAL_CONTENT,
    NO_LIFETIME,
    CONTENT_CODING,
    TOO_LARGE,
    INCOMPLETE,
    PURGED_MEANWHILE,
    INVALID_RESPONSE,
    OUT_OF_BUDGET,

    // answered by the proxy itself
    LANGUAGE_REDIRECT,
    URL_REDIRECT,
    UNKNOWN_HOST,
    BAD_REQUEST,
    METHOD_REFUSED,
    BODY_TOO_LARGE,
    ONLY_IF_CACHED,
    ORIGIN_UNRESOLVED,
    ORIGIN_UNREACHABLE,
    ORIGIN_TIMEOUT,
    ORIGIN_BROKEN_ANSWER,
    ORIGIN_ERROR_SHARED,
    OVERLOADED,
    LOOP,
    INTERNAL_ERROR;

    private final String token = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');

    /** The reason as it is written everywhere: lower case with hyphens. */
    public String token() {
        return token;
    }
}
