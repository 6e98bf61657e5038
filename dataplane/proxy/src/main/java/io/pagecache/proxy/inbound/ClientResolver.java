package io.pagecache.proxy.inbound;

import io.pagecache.http.ClientAddress;
import io.pagecache.http.FieldList;
import io.pagecache.http.Headers;
import io.pagecache.plan.Cidr;
import io.pagecache.plan.IpAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and by which scheme. Only a peer in the plan's trusted ranges is believed, and of the addresses it reports the
 * rightmost that is not itself trusted: everything left of that may be made up by the client.
 */
public final class ClientResolver {
    private final List<Cidr> trusted;

    public ClientResolver(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream()
                .map(cidr -> Cidr.parse("trustedProxies", cidr))
                .toList();
    }

    /** @param peer literal address of the connection's other end */
    public ClientAddress client(String peer, Headers headers) {
        if (!isTrusted(peer)) {
            return new ClientAddress(peer);
        }
        boolean legacy = headers.contains("X-Forwarded-For");
        List<String> hops = FieldList.members(headers, legacy ? "X-Forwarded-For" : "Forwarded");
        String nearest = peer;
        for (int i = hops.size() - 1; i >= 0; i--) {
            String address = legacy ? literal(hops.get(i)) : forwardedFor(hops.get(i));
            if (address == null) {
                break;
            }
            nearest = address;
            if (!isTrusted(address)) {
                break;
            }
        }
        return new ClientAddress(nearest, true);
    }

    /** The scheme the client used, as far as a trusted peer tells; else that of the connection. */
    public String scheme(String peer, Headers headers, String ofConnection) {
        String told = headers.first("X-Forwarded-Proto");
        if (told == null || !isTrusted(peer)) {
            return ofConnection;
        }
        String scheme = told.strip().toLowerCase(Locale.ROOT);
        return scheme.equals("https") || scheme.equals("http") ? scheme : ofConnection;
    }

    boolean isTrusted(String address) {
        if (trusted.isEmpty()) {
            return false;
        }
        byte[] bytes = IpAddress.parse(address);
        if (bytes == null) {
            return false;
        }
        for (Cidr block : trusted) {
            if (block.contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    /** The {@code for} of one element of {@code Forwarded} (RFC 7239 section 4), or null. */
    private static @Nullable String forwardedFor(String element) {
        int start = 0;
        while (start <= element.length()) {
            int semicolon = element.indexOf(';', start);
            int end = semicolon < 0 ? element.length() : semicolon;
            String pair = element.substring(start, end).strip();
            if (pair.regionMatches(true, 0, "for=", 0, 4)) {
                return literal(pair.substring(4));
            }
            start = end + 1;
        }
        return null;
    }

    /** The literal address of a node, which may carry quotes, brackets and a port; null for names and obfuscated nodes. */
    private static @Nullable String literal(String node) {
        String text = node.strip();
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            text = text.substring(1, bracket);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            text = text.substring(0, text.indexOf(':'));
        }
        return IpAddress.parse(text) == null ? null : text;
    }
}
