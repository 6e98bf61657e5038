package io.pagecache.http;

import io.pagecache.plan.CachePlan;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Answer fields that speak to this cache: stored decisions follow them, clients never see them. */
public final class ControlHeaders {
    private static final Set<String> ALWAYS =
            Set.of("surrogate-control", "cdn-cache-control", "surrogate-key", "cache-tag");

    private static final String OWN_PREFIX = "pagecache-";

    private final Set<String> names;

    public ControlHeaders(CachePlan plan) {
        Set<String> all = new HashSet<>(ALWAYS);
        all.addAll(plan.purging().tagHeaders());
        this.names = Set.copyOf(all);
    }

    /** These fields without those that only this cache may see. */
    public Headers strip(Headers headers) {
        return select(headers, false);
    }

    /** Only those of these fields that speak to this cache. */
    public Headers only(Headers headers) {
        return select(headers, true);
    }

    private Headers select(Headers headers, boolean control) {
        Headers.Builder selected = Headers.builder();
        headers.forEach((name, value) -> {
            if (isControl(name) == control) {
                selected.add(name, value);
            }
        });
        return selected.build();
    }

    private boolean isControl(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return lowerCase.startsWith(OWN_PREFIX) || names.contains(lowerCase);
    }
}
