package io.pagecache.proxy.origin;

import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Origin;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Urls;
import java.util.Set;

/**
 * Completes the fields that may cross to the origin with those about the way here. Only the proxy writes these, so nobody can talk
 * the origin into another host, scheme or client.
 */
public final class OutboundHeaders {
    /** How the proxy calls itself in {@code Via} and as a surrogate. */
    public static final String PSEUDONYM = "pagecache";

    private static final String CAPABILITY = PSEUDONYM + "=\"Surrogate/1.0 Pagecache/1.0\"";
    private static final String CAPABILITY_WITH_ESI = PSEUDONYM + "=\"Surrogate/1.0 ESI/1.0 Pagecache/1.0\"";

    /** Framing is made anew for each connection, and expectations are met here. */
    private static final Set<String> OF_THE_CLIENTS_CONNECTION = Set.of("content-length", "expect", "trailer");

    private final Origin origin;
    private final boolean readsPages;
    private final String originAuthority;

    public OutboundHeaders(Origin origin, Urls urls) {
        this.origin = origin;
        this.readsPages = urls.internalLinks() == Urls.InternalLinks.PAGES;
        boolean defaultPort = origin.port() == (origin.scheme().equals("https") ? 443 : 80);
        String host = origin.host().indexOf(':') >= 0 ? '[' + origin.host() + ']' : origin.host();
        this.originAuthority = defaultPort ? host : host + ':' + origin.port();
    }

    /**
     * The answer's markers are filled in, and its ESI elements where the rule has them acted on.
     *
     * @param crossing the client's fields that may reach the origin
     */
    public Headers fetching(Headers crossing, PageRequest request, Rule rule) {
        boolean esi = rule.behaviour().esi() != Behaviour.Esi.OFF;
        return plain(crossing, request).toBuilder()
                .set("Surrogate-Capability", esi ? CAPABILITY_WITH_ESI : CAPABILITY)
                .build();
    }

    private Headers plain(Headers crossing, PageRequest request) {
        String client = request.client().text();
        String node = client.indexOf(':') >= 0 ? "\"[" + client + "]\"" : client;
        String host = origin.hostHeader() == Origin.HostHeader.PRESERVE ? request.host() : originAuthority;
        String via = request.headers().combined("Via");
        String loop = request.headers().combined("CDN-Loop");
        Headers.Builder fields = crossing.without(OF_THE_CLIENTS_CONNECTION).toBuilder();
        if (readsPages) {
            fields.set("Accept-Encoding", "identity");
        }
        return fields.set("Host", host)
                .set("X-Forwarded-For", client)
                .set("X-Forwarded-Proto", request.scheme())
                .set("X-Forwarded-Host", request.host())
                .set("Forwarded", "for=" + node + ";host=\"" + request.host() + "\";proto=" + request.scheme())
                .set("CDN-Loop", loop == null ? PSEUDONYM : loop + ", " + PSEUDONYM)
                .set("Via", via == null ? "1.1 " + PSEUDONYM : via + ", 1.1 " + PSEUDONYM)
                .build();
    }

    /** Name and port by which the origin is known, the port only when it is not its scheme's. */
    public String originAuthority() {
        return originAuthority;
    }

    /** For a request to switch to WebSocket: what comes of it is no page. */
    public Headers upgrading(Headers crossing, PageRequest request) {
        return plain(crossing, request).toBuilder()
                .set("Connection", "Upgrade")
                .set("Upgrade", "websocket")
                .build();
    }
}
