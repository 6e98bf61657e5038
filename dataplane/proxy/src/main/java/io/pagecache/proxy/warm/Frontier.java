package io.pagecache.proxy.warm;

import io.pagecache.plan.WarmUpOrder;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Pages still to fetch, each once per variant, none that is excluded. Bounded; used by one thread. */
final class Frontier {

    /** @param depth links that may still be followed from here */
    record Page(String target, WarmUpOrder.Variant variant, int depth) {}

    private final List<WarmUpOrder.Variant> variants;
    private final List<String> exclude;
    private final int most;
    private final Queue<Page> waiting = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private Predicate<String> allowed = target -> true;
    private int total;
    private boolean full;

    Frontier(WarmUpOrder order) {
        this.variants = order.variants();
        this.exclude = order.exclude();
        this.most = order.maxPages();
    }

    /** Only pages that the rule lets through count from here on. */
    void allow(Predicate<String> rule) {
        allowed = rule;
    }

    void offer(String target, int depth) {
        if (seen.contains(target) || isExcluded(target) || !allowed.test(target)) {
            return;
        }
        if (total + variants.size() > most) {
            full = true;
            return;
        }
        seen.add(target);
        for (int i = 0; i < variants.size(); i++) {
            // Links are the same in every variant of a page, as far as anybody follows them: the first one is read.
            waiting.add(new Page(target, variants.get(i), i == 0 ? depth : 0));
        }
        total += variants.size();
    }

    @Nullable
    Page next() {
        return waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Pages offered so far, variants counted apart. */
    int total() {
        return total;
    }

    /** Whether pages were left out because there were too many. */
    boolean isFull() {
        return full;
    }

    /** Whole path segments, as in a rule's prefix. */
    private boolean isExcluded(String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        for (String prefix : exclude) {
            String bare = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
            if (path.equals(bare) || path.equals(prefix) || path.startsWith(bare + '/')) {
                return true;
            }
        }
        return false;
    }
}
