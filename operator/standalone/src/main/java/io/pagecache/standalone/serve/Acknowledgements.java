package io.pagecache.standalone.serve;

import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.PurgeOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was handed to the proxy and not yet confirmed by it. */
final class Acknowledgements {
    private @Nullable String revision;
    private final List<PurgeOrder> purges = new ArrayList<>();

    void expectPlan(String newRevision) {
        revision = newRevision;
    }

    void expectPurge(PurgeOrder order) {
        purges.add(order);
    }

    boolean isWaiting() {
        return revision != null || !purges.isEmpty();
    }

    /** What the state confirms, as lines for people; what is confirmed is no longer waited for. */
    List<String> confirm(ProxyState state) {
        List<String> lines = new ArrayList<>();
        if (revision != null && revision.equals(state.revision())) {
            lines.add("The proxy runs plan " + revision);
            revision = null;
        } else if (revision != null && state.rejection() != null) {
            lines.add("The proxy refused plan " + revision + " and keeps the one it has: " + state.rejection());
            revision = null;
        }
        purges.removeIf(order -> {
            boolean isDone = order.sequence() <= state.purgeSequence();
            if (isDone) {
                lines.add("Purge '%s' is done: %s".formatted(order.token(), coverage(order, state)));
            }
            return isDone;
        });
        return lines;
    }

    private static String coverage(PurgeOrder order, ProxyState state) {
        Optional<PurgeResult> result = state.recentPurges().stream()
                .filter(purge -> purge.sequence() == order.sequence())
                .findFirst();
        return result.map(purge -> purge.entries() == 1 ? "1 page" : purge.entries() + " pages")
                .orElse("the proxy is past it");
    }
}
