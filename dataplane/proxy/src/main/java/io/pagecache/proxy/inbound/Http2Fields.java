package io.pagecache.proxy.inbound;

import io.pagecache.http.Headers;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/** The fields of a well-formed HTTP/2 request as HTTP/1 has them, so that everything behind knows one form only. */
final class Http2Fields {
    private Http2Fields() {}

    /** With {@code Host} from {@code :authority}, and cookies in one line (RFC 9113 sections 8.3.1 and 8.2.3). */
    static Headers headers(HttpServerRequest wire) {
        Headers.Builder fields = Headers.builder();
        if (wire.authority() != null) {
            fields.add("host", wire.authority().toString());
        }
        StringBuilder cookies = new StringBuilder();
        for (Map.Entry<String, String> field : wire.headers()) {
            if (field.getKey().equals("cookie")) {
                cookies.append(cookies.isEmpty() ? "" : "; ").append(field.getValue());
            } else if (!field.getKey().equals("host") && field.getKey().indexOf('_') < 0) { // as the front does
                fields.add(field.getKey(), field.getValue());
            }
        }
        if (!cookies.isEmpty()) {
            fields.add("cookie", cookies.toString());
        }
        return fields.build();
    }

    /** 0 without a body, -1 where its length is not known, -2 where the field is no length. */
    static long bodyLength(Headers headers, boolean hasBody) {
        List<String> lengths = headers.all("Content-Length");
        if (!hasBody) {
            return isNoLength(lengths) ? 0 : -2;
        }
        return switch (lengths.size()) {
            case 0 -> -1;
            case 1 -> RequestReader.digits(lengths.getFirst());
            default -> -2;
        };
    }

    private static boolean isNoLength(List<String> lengths) {
        return lengths.isEmpty() || lengths.size() == 1 && "0".equals(lengths.getFirst());
    }
}
