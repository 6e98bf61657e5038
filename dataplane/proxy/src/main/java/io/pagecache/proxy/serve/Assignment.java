package io.pagecache.proxy.serve;

import io.pagecache.proxy.coalesce.FetchCoalescer.Leader;
import io.pagecache.proxy.coalesce.Settlement;
import io.pagecache.purge.FetchMark;
import org.jspecify.annotations.Nullable;

/**
 * One fetch.
 *
 * @param leader of the flight that waits for it, or null when nobody may
 * @param mark where the fence stood when it began
 * @param whole whether only a complete page is of use to whoever asks
 */
record Assignment(PageVisit visit, Errand errand, @Nullable Leader leader, FetchMark mark, boolean whole) {

    void settle(Settlement settlement) {
        if (leader != null) {
            leader.settle(settlement);
        }
    }

    Assignment with(Errand other) {
        return new Assignment(visit, other, leader, mark, whole);
    }
}
