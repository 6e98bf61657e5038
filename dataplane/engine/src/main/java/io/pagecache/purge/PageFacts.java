package io.pagecache.purge;

import io.pagecache.key.BaseKey;
import java.time.Instant;
import java.util.List;

/**
 * What a purge can select a page by.
 *
 * @param base what all variants of the page share
 * @param tags exact tags
 * @param storedAt when the origin's answer arrived
 */
public record PageFacts(BaseKey base, List<String> tags, Instant storedAt) {}
