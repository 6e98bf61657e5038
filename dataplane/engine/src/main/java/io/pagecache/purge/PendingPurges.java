package io.pagecache.purge;

import io.pagecache.plan.PurgeMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Purges that hold already while the store may still have pages they cover. A snapshot, to be taken before a page is looked up: a
 * page that was found afterwards was not swept by any purge that was over before.
 *
 * @param purges in order
 */
public record PendingPurges(List<RegisteredPurge> purges) {
    static final PendingPurges NONE = new PendingPurges(List.of());

    public PendingPurges {
        purges = List.copyOf(purges);
    }

    /** False spares a lookup from collecting a page's facts. */
    public boolean isEmpty() {
        return purges.isEmpty();
    }

    /**
     * The purge that stands against a stored page, or null. A hard one wins over a soft one, an earlier over a later.
     *
     * @param crossedAt count of purges that {@link PurgeFence#cross} gave when the page was stored
     */
    public @Nullable RegisteredPurge against(long crossedAt, PageFacts page) {
        RegisteredPurge found = null;
        for (int i = 0; i < purges.size(); i++) {
            RegisteredPurge purge = purges.get(i);
            if (purge.hits(crossedAt, page)) {
                if (purge.mode() == PurgeMode.HARD) {
                    return purge;
                }
                found = found == null ? purge : found;
            }
        }
        return found;
    }

    PendingPurges with(RegisteredPurge purge) {
        List<RegisteredPurge> longer = new ArrayList<>(purges);
        longer.add(purge);
        return new PendingPurges(longer);
    }

    PendingPurges without(RegisteredPurge purge) {
        List<RegisteredPurge> shorter = new ArrayList<>(purges);
        shorter.remove(purge);
        return shorter.isEmpty() ? NONE : new PendingPurges(shorter);
    }
}
