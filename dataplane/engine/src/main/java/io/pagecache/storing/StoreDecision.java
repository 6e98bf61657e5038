package io.pagecache.storing;

import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.status.Reason;
import java.time.Duration;
import java.util.List;

/** What becomes of an origin's answer. */
public sealed interface StoreDecision {

    /**
     * Keep it.
     *
     * @param lifetime freshness lifetime; zero for an answer that is only kept to be revalidated
     * @param initialAge {@code corrected_initial_age}
     * @param directives of the field that counted
     * @param tags exact tags, without repeats
     * @param vary names of the fields in {@code Vary}, lower case
     */
    record Store(
            Duration lifetime,
            Duration initialAge,
            StaleWindows windows,
            ResponseDirectives directives,
            List<String> tags,
            List<String> vary)
            implements StoreDecision {
        public Store {
            tags = List.copyOf(tags);
            vary = List.copyOf(vary);
        }
    }

    /** Do not keep it, but remember for {@code memory} that this cannot be kept, so that nobody waits for it. */
    record MarkUncacheable(Reason reason, Duration memory) implements StoreDecision {}

    /** Do not keep it; the next request tries anew. */
    record Discard(Reason reason) implements StoreDecision {}
}
