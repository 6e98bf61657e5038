package io.pagecache.template;

import io.pagecache.http.Body;
import java.util.List;

/**
 * A page as one reader gets it.
 *
 * @param parts in order; static parts are shared with the store, not copied
 * @param length of all parts in bytes
 */
public record RenderedPage(List<Body> parts, long length) {}
