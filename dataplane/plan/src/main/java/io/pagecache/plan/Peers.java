package io.pagecache.plan;

import java.util.List;

/**
 * The other proxies of a policy, for those that tell each other something without the operator.
 *
 * @param addresses of their management ports: {@code 10.1.2.3:9000} or {@code [2001:db8::1]:9000}, sorted
 */
public record Peers(List<String> addresses) {
    public static final Peers NONE = new Peers(List.of());

    public Peers {
        addresses = addresses.stream().sorted().toList();
    }
}
