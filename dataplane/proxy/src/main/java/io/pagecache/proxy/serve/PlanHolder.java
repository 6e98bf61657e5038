package io.pagecache.proxy.serve;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The plan in force. Requests take it once and keep it to their end. */
public final class PlanHolder {
    private final AtomicReference<@Nullable ActivePlan> current = new AtomicReference<>();

    /** Null until the first valid plan. */
    public @Nullable ActivePlan current() {
        return current.get();
    }

    public void swap(ActivePlan next) {
        current.set(next);
    }
}
