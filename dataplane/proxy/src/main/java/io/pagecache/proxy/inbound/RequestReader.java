package io.pagecache.proxy.inbound;

import io.pagecache.http.Headers;
import io.pagecache.http.HostName;
import io.pagecache.http.PageRequest;
import io.pagecache.proxy.front.FrontLimits;
import io.pagecache.proxy.h2.Http2Request;
import io.pagecache.proxy.link.Link;
import io.pagecache.proxy.origin.OutboundHeaders;
import io.pagecache.status.Reason;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the wire to a {@link PageRequest}. Ambiguity is refused, never repaired (RFC 9112 sections 3.2 and 11.2). */
final class RequestReader {
    static final int MOST_HEADERS = 100;
    /** Passages through this cache before a request is taken for one that goes in circles: the tenth is refused. */
    private static final int MOST_PASSAGES = 9;

    /** As for HTTP/1, where the front has seen to it. */
    private static final int MOST_TARGET = FrontLimits.DEFAULT.maxTarget();

    private RequestReader() {}

    static Arrival read(HttpServerRequest wire, ClientResolver clients) {
        boolean http2 = Http2Request.is(wire);
        if (http2 && !Http2Request.isWellFormed(wire)) {
            return new Arrival.Malformed();
        }
        if (wire.headers().size() > MOST_HEADERS) {
            return new Arrival.Refused(431, Reason.BAD_REQUEST);
        }
        if (wire.uri().length() > MOST_TARGET) {
            return new Arrival.Refused(414, Reason.BAD_REQUEST);
        }
        Headers headers = http2 ? Http2Fields.headers(wire) : headers(wire);
        String peer = wire.remoteAddress().hostAddress() == null
                ? ""
                : wire.remoteAddress().hostAddress();
        String scheme = clients.scheme(peer, headers, wire.isSSL() ? "https" : "http");
        Target target = Target.parse(wire.uri(), wire.method().name());
        String host = host(headers, target, scheme);
        long bodyLength = http2 ? Http2Fields.bodyLength(headers, Http2Request.hasBody(wire)) : bodyLength(headers);
        if (target == null || host == null || bodyLength < -1) {
            return new Arrival.Refused(400, Reason.BAD_REQUEST);
        }
        if (!Link.covers(wire.connection(), host)) {
            return new Arrival.Refused(421, Reason.UNKNOWN_HOST);
        }
        if (isLooping(headers)) {
            return new Arrival.Refused(508, Reason.LOOP);
        }
        PageRequest request = new PageRequest(
                wire.method().name(),
                scheme,
                host,
                target.path(),
                target.query(),
                headers,
                clients.client(peer, headers),
                bodyLength != 0);
        return new Arrival.Understood(request, bodyLength);
    }

    private static Headers headers(HttpServerRequest wire) {
        Headers.Builder fields = Headers.builder();
        for (Map.Entry<String, String> field : wire.headers()) {
            fields.add(field.getKey(), field.getValue());
        }
        return fields.build();
    }

    private static @Nullable String host(Headers headers, @Nullable Target target, String scheme) {
        List<String> fields = headers.all("Host");
        if (fields.size() != 1 || target == null) {
            return null;
        }
        // The authority of an absolute-form target replaces Host (RFC 9112 section 3.2.2), which must be valid all the
        // same.
        String host = HostName.normalise(fields.getFirst(), scheme);
        return host == null || target.authority() == null ? host : HostName.normalise(target.authority(), scheme);
    }

    /** 0 without a body, -1 for a chunked one, -2 when the framing is ambiguous (RFC 9112 section 6.3). */
    private static long bodyLength(Headers headers) {
        List<String> codings = headers.all("Transfer-Encoding");
        List<String> lengths = headers.all("Content-Length");
        if (!codings.isEmpty()) {
            boolean chunkedOnly = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
            return chunkedOnly && lengths.isEmpty() ? -1 : -2;
        }
        return switch (lengths.size()) {
            case 0 -> 0;
            case 1 -> digits(lengths.getFirst());
            default -> -2;
        };
    }

    static long digits(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -2;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -2;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /** By {@code CDN-Loop} (RFC 8586), which nobody on the way may take out, and by {@code Via}, as older ones know it. */
    private static boolean isLooping(Headers headers) {
        return passages(headers, "CDN-Loop") >= MOST_PASSAGES || passages(headers, "Via") >= MOST_PASSAGES;
    }

    private static int passages(Headers headers, String field) {
        String members = headers.combined(field);
        if (members == null) {
            return 0;
        }
        int passages = 0;
        int at = members.indexOf(OutboundHeaders.PSEUDONYM);
        while (at >= 0 && passages < MOST_PASSAGES) {
            passages++;
            at = members.indexOf(OutboundHeaders.PSEUDONYM, at + OutboundHeaders.PSEUDONYM.length());
        }
        return passages;
    }
}
