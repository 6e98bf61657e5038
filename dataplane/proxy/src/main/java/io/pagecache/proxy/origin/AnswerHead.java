package io.pagecache.proxy.origin;

import io.pagecache.http.Headers;
import io.pagecache.http.HopByHop;
import io.pagecache.http.HttpDates;
import io.pagecache.http.PageResponse;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Reads the head of an answer off the wire. */
final class AnswerHead {
    private AnswerHead() {}

    /**
     * @param asked by the steady clock
     * @param arrived by the steady clock
     * @param received the moment of arrival by the wall clock; {@code Date} where the answer has none (RFC 9110 section 6.6.1)
     */
    static PageResponse read(HttpClientResponse response, Instant asked, Instant arrived, Instant received) {
        Headers.Builder fields = Headers.builder();
        for (Map.Entry<String, String> field : response.headers()) {
            fields.add(field.getKey(), field.getValue());
        }
        Headers headers = HopByHop.strip(fields.build());
        if (!headers.contains("Date")) {
            headers =
                    headers.toBuilder().add("Date", HttpDates.format(received)).build();
        }
        Instant requested =
                received.minus(Duration.between(asked, arrived)); // whatever was done to the wall clock meanwhile
        return new PageResponse(response.statusCode(), headers, requested, received, arrived);
    }
}
