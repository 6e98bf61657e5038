package io.pagecache.proxy.elements;

import io.pagecache.template.PageValue;
import java.time.Duration;

/**
 * A value as the plan declares it.
 *
 * @param timeout longest wait before {@code fallback} stands in
 */
record DeclaredValue(Origin origin, Duration timeout, PageValue fallback) {

    /** Where the value comes from: a provider asked for it alone, or a store asked for all that a page needs of it. */
    sealed interface Origin permits Provided, StoredValue {}

    record Provided(io.pagecache.template.ElementProvider provider) implements Origin {}
}
