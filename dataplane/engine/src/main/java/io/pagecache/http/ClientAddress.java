package io.pagecache.http;

import io.pagecache.plan.IpAddress;

/** Who sent a request, after trusted proxies have had their say. The text is the literal address. */
public record ClientAddress(String text) {

    /** The 4 or 16 bytes of the address; empty when the peer has none (a local socket). */
    public byte[] bytes() {
        byte[] address = IpAddress.parse(text);
        return address == null ? new byte[0] : address;
    }
}
