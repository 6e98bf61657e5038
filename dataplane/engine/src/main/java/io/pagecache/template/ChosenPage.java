package io.pagecache.template;

import java.util.List;
import java.util.Map;

/**
 * A page for one reader, its conditions decided.
 *
 * @param segments without branches
 * @param effects what the markers of chosen branches do, by value; those outside of conditions stand in {@link CompiledPage}
 */
public record ChosenPage(OutputEncoding encoding, List<Segment> segments, Map<String, Effect> effects) {}
