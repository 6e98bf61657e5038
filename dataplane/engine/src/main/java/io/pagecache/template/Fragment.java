package io.pagecache.template;

import io.pagecache.http.Body;
import java.util.List;

/** What became of a call for a fragment. */
public sealed interface Fragment {

    /**
     * @param parts as they are joined in; shared with the store, not copied
     * @param length of all parts in bytes
     */
    record Present(List<Body> parts, long length) implements Fragment {}

    /** It cannot be had. */
    record Absent() implements Fragment {}
}
