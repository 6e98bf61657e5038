package io.pagecache.operator.hooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a hook is told, as JSON. Readers' cookie values, which a purge may name, are nobody else's business and left out.
 *
 * @param policy {@code namespace/name}
 * @param hosts of the policy, to make URLs of paths; empty: any
 * @param missed whether purges went by that the ledger no longer holds: then purge everything
 */
record HookMessage(String policy, List<String> hosts, boolean missed, List<Event> events) {

    /**
     * @param kind {@code Purge} or {@code CutOver}
     * @param mode {@code Hard} or {@code Soft}
     * @param all whether every page was purged
     * @param olderThan ISO-8601 duration, or null
     * @param proxies such as {@code 2/2}: those that had applied it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Event(
            long sequence,
            String kind,
            String mode,
            Instant requestedAt,
            boolean all,
            List<String> urls,
            List<String> prefixes,
            List<String> patterns,
            List<String> tags,
            List<String> elements,
            @Nullable String olderThan,
            String proxies) {}

    static Event event(PurgeOrder order, String proxies) {
        List<String> urls = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        List<String> patterns = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        List<String> elements = new ArrayList<>();
        boolean all = false;
        @Nullable String olderThan = null;
        for (PurgeScope scope : order.scopes()) {
            switch (scope) {
                case PurgeScope.All() -> all = true;
                case PurgeScope.Url(String url) -> urls.add(url);
                case PurgeScope.Prefix(String prefix) -> prefixes.add(prefix);
                case PurgeScope.Regex(String pattern) -> patterns.add(pattern);
                case PurgeScope.Tag(String tag) -> tags.add(tag);
                case PurgeScope.Element(String element) -> elements.add(element);
                case PurgeScope.OlderThan older -> olderThan = older.age().toString();
                case PurgeScope.User user -> {}
            }
        }
        return new Event(
                order.sequence(),
                order.cutOver() == null ? "Purge" : "CutOver",
                order.mode() == PurgeMode.SOFT ? "Soft" : "Hard",
                order.requestedAt(),
                all,
                urls,
                prefixes,
                patterns,
                tags,
                elements,
                olderThan,
                proxies);
    }
}
