package io.pagecache.purge;

import io.pagecache.plan.PurgeOrder;
import java.time.Instant;

/** What purges act on. */
public interface Purgeable {

    /** Applies one order; when it returns, the order holds. */
    PurgeOutcome purge(PurgeOrder order, Instant now);
}
