package io.pagecache.template;

import java.util.List;

/** A page with elements, cut into segments once when it is stored. */
public record CompiledPage(List<Segment> segments) {
    public CompiledPage {
        segments = List.copyOf(segments);
    }
}
