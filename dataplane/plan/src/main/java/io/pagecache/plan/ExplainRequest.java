package io.pagecache.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is to be explained, not served: the body of {@code POST /v1/explain}.
 *
 * @param url absolute
 * @param method null: GET
 * @param headers of the request; null: none
 * @param client literal address; null: 127.0.0.1
 * @param answer what the origin would answer, to be told whether that is kept; null: not told
 * @param ask whether the origin is asked, to be told whether its answer is kept; null: not asked
 */
public record ExplainRequest(
        String url,
        @Nullable String method,
        @Nullable Map<String, String> headers,
        @Nullable String client,
        @Nullable Answer answer,
        @Nullable Boolean ask) {

    /** @param headers null: none */
    public record Answer(int status, @Nullable Map<String, String> headers) {}
}
