package io.pagecache.proxy.watch;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Registered for all classes by {@code META-INF/services}. What it reports may stem from an earlier class of the same run. */
public final class NettyWatch implements AfterAllCallback {
    static {
        LostBuffers.watch();
        BlockedLoops.watch();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> all = new ArrayList<>(LostBuffers.take());
        all.addAll(BlockedLoops.take());
        if (!all.isEmpty()) {
            throw new AssertionError("after " + context.getDisplayName() + ": " + String.join("\n", all));
        }
    }
}
