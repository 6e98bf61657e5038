package io.pagecache.key;

import io.pagecache.http.AcceptEncoding;
import io.pagecache.http.AcceptLanguage;
import io.pagecache.http.ContentCoding;
import io.pagecache.http.Cookies;
import io.pagecache.http.DeviceClass;
import io.pagecache.http.Headers;
import io.pagecache.http.HopByHop;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Variants.Experiment;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which of a client's fields the origin sees. What could change a page without being in its key is taken out: the fields by which
 * proxies speak for clients (the proxy writes its own), the client's conditions and directives, cookies the rule holds back, and
 * all of a negotiation but its outcome. {@code Host} is left to the proxy.
 */
public final class ForwardedHeaders {
    /** Fields that rewrite the request for some frameworks, or claim what only a trusted proxy may claim. */
    private static final Set<String> CLAIMS = Set.of(
            "forwarded",
            "x-original-url",
            "x-original-uri",
            "x-original-host",
            "x-rewrite-url",
            "x-host",
            "x-http-host-override",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-real-ip",
            "proxy",
            "surrogate-capability",
            "x-device-class");

    private static final String CLAIM_PREFIX = "x-forwarded-";

    /** What a fetch for everybody must not take from one client. */
    private static final Set<String> OF_ONE_CLIENT =
            Set.of("cache-control", "pragma", "expect", "content-length", "cookie");

    /** What the client asks for is more than "the page". */
    private static final Set<String> CONDITIONS =
            Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "range", "if-range");

    /** Fields that decisions are made on: {@code Connection} cannot take them away. */
    private final Set<String> decisive;

    /** The origin is told the groups, not the cookies: one more cookie would make an answer look personal. */
    private final List<String> groupCookies;

    public ForwardedHeaders(CachePlan plan) {
        Set<String> names = new HashSet<>(plan.defaults().key().headers());
        for (Rule rule : plan.rules()) {
            names.addAll(rule.behaviour().key().headers());
        }
        for (var match : plan.bypass().headers()) {
            names.add(match.name());
        }
        this.decisive = Set.copyOf(names);
        this.groupCookies =
                plan.variants().experiments().stream().map(Experiment::cookie).toList();
    }

    /** Fields of a request that is passed through. */
    public Headers passing(PageRequest request) {
        return withoutClaims(HopByHop.strip(request.headers(), decisive), List.of());
    }

    /** Fields of a fetch for everybody: of the page as a whole. */
    public Headers fetching(PageRequest request, Rule rule) {
        return individual(request, rule).without(CONDITIONS);
    }

    /**
     * Fields of a fetch that nobody else waits for: with the client's ranges and conditions, so that it gets from the origin the
     * part or the 304 that the store cannot give. Only a whole answer to it may be kept.
     */
    public Headers individual(PageRequest request, Rule rule) {
        Behaviour behaviour = rule.behaviour();
        Headers client = request.headers();
        Headers endToEnd = HopByHop.strip(client, decisive).without(OF_ONE_CLIENT);
        Headers.Builder fields = withoutClaims(endToEnd, behaviour.key().headers()).toBuilder();
        String cookies = Cookies.filtered(client, behaviour.requestCookies(), groupCookies);
        if (cookies != null) {
            fields.add("Cookie", cookies);
        }
        if (!behaviour.key().languages().isEmpty()) {
            fields.set(
                    "Accept-Language",
                    AcceptLanguage.lookup(client, behaviour.key().languages()));
        }
        if (behaviour.key().device()) {
            fields.set(DeviceClass.FIELD, DeviceClass.of(client).token());
        }
        return fields.set("Accept-Encoding", coding(client, behaviour).token()).build();
    }

    /**
     * Gzip only where the client itself takes it: what turns out not to be storable is then passed on as it comes. Without {@code
     * compress} there is one form, which everybody must be able to read.
     */
    private static ContentCoding coding(Headers client, Behaviour behaviour) {
        return behaviour.compress() ? AcceptEncoding.of(client).choose(true) : ContentCoding.IDENTITY;
    }

    private static Headers withoutClaims(Headers headers, List<String> keyed) {
        Headers.Builder kept = Headers.builder();
        headers.forEach((name, value) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            boolean isClaim = lowerCase.startsWith(CLAIM_PREFIX) || CLAIMS.contains(lowerCase);
            if (!isClaim || keyed.contains(lowerCase)) {
                kept.add(name, value);
            }
        });
        return kept.build();
    }
}
