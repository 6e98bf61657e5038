package io.pagecache.proxy.reload;

import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.purge.PurgeLog;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Brings the store up to each ledger it is shown. */
public final class PurgeFollower {
    private static final Logger LOG = Logger.getLogger(PurgeFollower.class);

    private final PurgeLog log;
    private final Consumer<PurgeResult> onApplied;
    private volatile boolean caughtUp;
    private volatile @Nullable String rejection;

    public PurgeFollower(PurgeLog log, Consumer<PurgeResult> onApplied) {
        this.log = log;
        this.onApplied = onApplied;
    }

    /** Applies what is new; takes as long as a scan of the store. */
    public void follow(PurgeLedger ledger) {
        log.apply(ledger).forEach(onApplied);
        caughtUp = true;
        rejection = null;
    }

    /** Notes that the newest ledger was no good. */
    void reject(String why) {
        if (!why.equals(rejection)) {
            LOG.warnf("refused %s", why);
        }
        rejection = why;
    }

    /** Why the newest ledger was not followed, or null. */
    public @Nullable String rejection() {
        return rejection;
    }

    public long sequence() {
        return log.sequence();
    }

    /** Results of the newest purges, ascending. */
    public List<PurgeResult> recent() {
        return log.recent();
    }

    /** Whether the first ledger has been followed to its end. Later ones do not make a serving proxy unready. */
    public boolean hasCaughtUp() {
        return caughtUp;
    }
}
