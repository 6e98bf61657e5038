package io.pagecache.proxy.door;

import java.util.function.Predicate;

/**
 * What the plan in force says about connections.
 *
 * @param clearTextHttp2 whether clients may begin with HTTP/2's preface
 * @param tlsHttp2 whether it is offered in TLS handshakes
 * @param mustSendProxyHeader whether the peer with this literal address has to send a PROXY protocol header
 * @param maxConnections most at a time
 */
public record DoorRules(
        boolean clearTextHttp2, boolean tlsHttp2, Predicate<String> mustSendProxyHeader, int maxConnections) {}
