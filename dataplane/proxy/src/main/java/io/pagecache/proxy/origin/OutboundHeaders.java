package io.pagecache.proxy.origin;

import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields cross the proxy. Fields about the way here are written by the proxy alone, so that nobody can talk the origin
 * into another host, scheme, path or client; fields of one hop stay on that hop (RFC 9110 section 7.6.1).
 */
public final class OutboundHeaders {
    /** How the proxy calls itself in {@code Via} and {@code Cache-Status}. */
    public static final String PSEUDONYM = "pagecache";

    private static final String CAPABILITY = "pagecache=\"Surrogate/1.0 Pagecache/1.0\"";

    private static final Set<String> OF_ONE_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "http2-settings",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-authentication-info");

    private static final Set<String> WRITTEN_BY_US = Set.of(
            "host",
            "content-length",
            "expect",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-server",
            "x-forwarded-scheme",
            "x-real-ip",
            "x-original-url",
            "x-rewrite-url",
            "x-original-host",
            "x-http-method-override",
            "x-http-method",
            "x-method-override",
            "surrogate-capability");

    /** Preconditions and ranges: on a fetch for the store they would bring less than the page. */
    private static final Set<String> ABOUT_A_PART = Set.of(
            "range", "if-range", "if-none-match", "if-modified-since", "if-match", "if-unmodified-since");

    private static final Set<String> NOT_FOR_SHARED_FETCHES =
            union(ABOUT_A_PART, Set.of("accept-encoding", "cache-control", "pragma", "cookie"));

    private final Origin origin;
    private final String originAuthority;

    public OutboundHeaders(Origin origin) {
        this.origin = origin;
        boolean defaultPort = origin.port() == (origin.scheme().equals("https") ? 443 : 80);
        String host = origin.host().indexOf(':') >= 0 ? '[' + origin.host() + ']' : origin.host();
        this.originAuthority = defaultPort ? host : host + ':' + origin.port();
    }

    /** For a request that is none of the cache's business: everything end-to-end goes along. */
    public Headers passing(PageRequest request) {
        Headers.Builder out = endToEnd(request.headers(), WRITTEN_BY_US);
        describeTheWay(out, request);
        return out.build();
    }

    /**
     * For a fetch whose answer may be stored: no preconditions, ranges or cache directives of the client, and the content
     * coding the store wants.
     *
     * @param cookie the cookies the rule lets through, or null for none
     */
    public Headers fetching(PageRequest request, @Nullable String cookie) {
        Headers.Builder out = endToEnd(request.headers(), WRITTEN_BY_US);
        NOT_FOR_SHARED_FETCHES.forEach(out::remove);
        if (cookie != null) {
            out.add("Cookie", cookie);
        }
        out.add("Accept-Encoding", "gzip");
        describeTheWay(out, request);
        return out.build();
    }

    /** For a request to switch protocols. */
    public Headers upgrading(PageRequest request) {
        return passing(request).toBuilder()
                .set("Connection", "Upgrade")
                .set("Upgrade", "websocket")
                .build();
    }

    /** Fields of an answer without those of its hop. */
    public static Headers ofAnswer(Headers answer) {
        return endToEnd(answer, Set.of()).build();
    }

    private static Headers.Builder endToEnd(Headers headers, Set<String> dropped) {
        Set<String> nominated = nominated(headers);
        Headers.Builder out = Headers.builder();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OF_ONE_HOP.contains(lower) && !dropped.contains(lower) && !nominated.contains(lower)) {
                out.add(name, value);
            }
        });
        return out;
    }

    /** Fields that {@code Connection} binds to this hop. */
    private static Set<String> nominated(Headers headers) {
        String connection = headers.combined("connection");
        if (connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String name : List.of(connection.split(","))) {
            names.add(name.strip().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private void describeTheWay(Headers.Builder out, PageRequest request) {
        String client = request.client().text();
        String node = client.indexOf(':') >= 0 ? "\"[" + client + "]\"" : client;
        String host = origin.hostHeader() == Origin.HostHeader.PRESERVE ? request.host() : originAuthority;
        String via = request.headers().combined("via");
        out.set("Host", host)
                .set("X-Forwarded-For", client)
                .set("X-Forwarded-Proto", request.scheme())
                .set("X-Forwarded-Host", request.host())
                .set("Forwarded", "for=" + node + ";host=\"" + request.host() + "\";proto=" + request.scheme())
                .set("Via", via == null ? "1.1 " + PSEUDONYM : via + ", 1.1 " + PSEUDONYM)
                .set("Surrogate-Capability", CAPABILITY);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }
}
