package io.pagecache.proxy.origin;

import io.pagecache.http.Headers;
import io.pagecache.http.HopByHop;
import io.pagecache.http.PageResponse;
import io.vertx.core.http.HttpClientResponse;
import java.time.Instant;
import java.util.Map;

/** Reads the head of an answer off the wire. */
final class AnswerHead {
    private AnswerHead() {}

    static PageResponse read(HttpClientResponse response, Instant requestedAt, Instant receivedAt) {
        Headers.Builder fields = Headers.builder();
        for (Map.Entry<String, String> field : response.headers()) {
            fields.add(field.getKey(), field.getValue());
        }
        return new PageResponse(response.statusCode(), HopByHop.strip(fields.build()), requestedAt, receivedAt);
    }
}
