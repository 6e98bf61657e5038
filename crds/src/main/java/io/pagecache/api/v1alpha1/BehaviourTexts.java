package io.pagecache.api.v1alpha1;

/** What the fields of {@link CacheBehaviour} mean, in the defaults as in a rule. */
final class BehaviourTexts {
    static final String CACHE =
            "Origin: the origin's headers decide and ttl fills the gap. Always: ttl wins over the origin's "
                    + "lifetime; its private and no-store still hold. Never: not cached.";

    static final String TTL =
            "Freshness lifetime, or UntilPurged. Unset: only what the origin's headers or the heuristic of RFC "
                    + "9111 allow.";

    static final String TTL_BY_STATUS =
            "Freshness lifetimes of particular statuses; the first that matches counts, and it ranks before ttl.";

    static final String STALE_WHILE_REVALIDATE =
            "How long after expiry a stale page is served while one fetch refreshes it (RFC 5861), where the "
                    + "origin names no window of its own.";

    static final String STALE_IF_ERROR =
            "How long after expiry a stale page is served when the origin fails (RFC 5861), where the origin "
                    + "names no window of its own.";

    static final String KEY = "What, besides scheme, host and path, tells two pages apart.";

    static final String REQUEST_COOKIES =
            "Which cookies of cacheable requests reach the origin: Forward (all), Strip (none) or Only(name, "
                    + "name). A page fetched with cookies is kept only on the origin's explicit word.";

    static final String ETAG =
            "Generate: a strong ETag of the stored bytes where the origin sends none. Origin: only the origin's.";

    static final String COMPRESS = "Store compressible pages plain and gzipped, and serve what the client accepts.";

    static final String COALESCE = "Many requests for a page that is not there become one origin request.";

    static final String TAGS = "Tags given to every page, besides those the origin sends; purge by them.";

    static final String ELEMENTS =
            "When markers in a page are acted on. Off: never. Surrogate: only in answers with Surrogate-Control: "
                    + "content=\"Pagecache/1.0\". On: in every HTML answer; only for sites whose visitors "
                    + "cannot publish "
                    + "markup. Quote \"On\" and \"Off\": bare, YAML readers take them for booleans.";

    static final String ESI =
            "When ESI 1.0 elements in a page are acted on. Off: never. Surrogate: only in answers with "
                    + "Surrogate-Control: content=\"ESI/1.0\". On: in every HTML answer; only for sites whose visitors "
                    + "cannot publish markup. Quote \"On\" and \"Off\": bare, YAML readers take them for booleans.";

    private BehaviourTexts() {}
}
