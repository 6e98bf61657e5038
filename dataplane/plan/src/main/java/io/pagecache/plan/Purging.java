package io.pagecache.plan;

import java.util.List;

/**
 * @param tagHeaders response headers that carry tags, lower case; stripped before the client
 */
public record Purging(List<String> tagHeaders) {
    public Purging {
        tagHeaders = List.copyOf(tagHeaders);
    }
}
