package io.pagecache.plan;

/**
 * How clients reach a proxy. Certificates are no part of it: they are files beside the plan, which may change on their own.
 *
 * @param http2 where HTTP/2 is spoken
 * @param proxyProtocol who has to begin a connection with a PROXY protocol header
 * @param maxConnections most connections of clients to one proxy, 1 to 1,000,000; beyond them new ones are closed at once
 */
public record Listener(Http2 http2, ProxyProtocol proxyProtocol, int maxConnections) {
    public static final int DEFAULT_MAX_CONNECTIONS = 10_000;

    /** What a plan without this part means. */
    public static final Listener DEFAULT = new Listener(Http2.OVER_TLS, ProxyProtocol.NEVER, DEFAULT_MAX_CONNECTIONS);

    private static final int MOST_CONNECTIONS = 1_000_000;

    public Listener {
        if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
            throw new InvalidPlanException(
                    "listener.maxConnections", "is %d: expected 1 to %d".formatted(maxConnections, MOST_CONNECTIONS));
        }
    }

    public enum Http2 {
        NEVER,
        /** By ALPN only (RFC 7301). */
        OVER_TLS,
        /** And in clear text, by clients that know beforehand (RFC 9113 section 3.3). */
        ALWAYS
    }

    public enum ProxyProtocol {
        /** A connection that begins with such a header is refused like any other that is not HTTP. */
        NEVER,
        /** Peers in {@code trustedProxies} must send one, version 1 or 2; all others must not. */
        FROM_TRUSTED
    }
}
