package io.pagecache.http;

import io.pagecache.plan.IpAddress;

/**
 * Who sent a request, after trusted proxies have had their say.
 *
 * @param text the literal address
 * @param isVouchedFor whether the request came through a trusted proxy, whose word on the client counts
 */
public record ClientAddress(String text, boolean isVouchedFor) {

    /** A client that came directly. */
    public ClientAddress(String text) {
        this(text, false);
    }

    /** The 4 or 16 bytes of the address; empty when the peer has none (a local socket). */
    public byte[] bytes() {
        byte[] address = IpAddress.parse(text);
        return address == null ? new byte[0] : address;
    }
}
