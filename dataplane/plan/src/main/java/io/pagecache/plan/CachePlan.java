package io.pagecache.plan;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything one proxy pod needs to serve: the compiled form of a {@code PageCachePolicy}. The operator writes it, the proxy
 * reads it, and its JSON form is the wire and ConfigMap format.
 *
 * @param formatVersion version of this JSON format; a proxy refuses a plan whose format it does not know
 * @param revision hash of all other components: equal revisions mean equal behaviour
 * @param policy {@code namespace/name} of the policy, for logs and metrics; never used to decide
 * @param mode whether the cache is consulted at all
 * @param origin who answers misses
 * @param hosts host names served, lower case without port; empty means any. Others get 421
 * @param defaults behaviour of requests that no rule matches
 * @param rules first match wins; each behaviour is already merged with the defaults
 * @param bypass requests that skip the cache
 * @param variants experiments and redirects by language
 * @param pages values and elements filled into cached pages
 * @param purging how purges act and which response headers carry tags
 * @param trustedProxies CIDRs whose {@code Forwarded}, {@code X-Forwarded-*} are believed
 * @param cacheBytes byte budget of the page store, at least 1 MiB
 * @param accessLog what is logged per request
 * @param authors who edits, and when readers see it; null when nobody's edits are told apart
 * @param listener how clients reach the proxy; absent in plans of older operators, which means {@link Listener#DEFAULT}
 * @param http how far HTTP goes; the defaults where a plan says nothing
 * @param urls how URLs are understood; as they are sent where a plan says nothing
 * @param errorPages how far error pages are kept; within the defaults where a plan says nothing
 */
public record CachePlan(
        int formatVersion,
        String revision,
        String policy,
        Mode mode,
        Origin origin,
        List<String> hosts,
        Behaviour defaults,
        List<Rule> rules,
        Bypass bypass,
        Variants variants,
        Pages pages,
        Purging purging,
        List<String> trustedProxies,
        long cacheBytes,
        AccessLog accessLog,
        @Nullable Authors authors,
        Listener listener,
        Http http,
        Urls urls,
        ErrorPages errorPages) {

    /** The format this build reads and writes. */
    public static final int FORMAT_VERSION = 1;

    public static final long MIN_CACHE_BYTES = 1 << 20;

    public CachePlan {
        if (formatVersion != FORMAT_VERSION) {
            throw new InvalidPlanException(
                    "formatVersion", "is %d, this build understands %d".formatted(formatVersion, FORMAT_VERSION));
        }
        if (cacheBytes < MIN_CACHE_BYTES) {
            throw new InvalidPlanException(
                    "cacheBytes", "is %d, at least %d is needed".formatted(cacheBytes, MIN_CACHE_BYTES));
        }
        listener = Objects.requireNonNullElse(listener, Listener.DEFAULT);
        http = Objects.requireNonNullElse(http, Http.DEFAULT);
        urls = Objects.requireNonNullElse(urls, Urls.AS_SENT);
        errorPages = Objects.requireNonNullElse(errorPages, ErrorPages.DEFAULT);
        hosts = List.copyOf(hosts);
        rules = List.copyOf(rules);
        trustedProxies = List.copyOf(trustedProxies);
        for (String cidr : trustedProxies) {
            Cidr.parse("trustedProxies", cidr);
        }
    }

    /** This plan under another revision. */
    public CachePlan withRevision(String newRevision) {
        return new CachePlan(
                formatVersion,
                newRevision,
                policy,
                mode,
                origin,
                hosts,
                defaults,
                rules,
                bypass,
                variants,
                pages,
                purging,
                trustedProxies,
                cacheBytes,
                accessLog,
                authors,
                listener,
                http,
                urls,
                errorPages);
    }
}
