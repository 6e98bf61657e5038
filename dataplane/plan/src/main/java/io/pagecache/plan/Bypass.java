package io.pagecache.plan;

import java.util.List;

/**
 * Requests that skip the cache: they go to the origin and what they bring is not stored.
 *
 * @param clientIps CIDRs of client addresses
 * @param headers request headers whose value matches
 * @param cookies names of cookies whose presence is enough
 */
public record Bypass(List<String> clientIps, List<HeaderMatch> headers, List<String> cookies) {
    public static final Bypass NONE = new Bypass(List.of(), List.of(), List.of());

    public Bypass {
        clientIps = List.copyOf(clientIps);
        headers = List.copyOf(headers);
        cookies = List.copyOf(cookies);
        for (String cidr : clientIps) {
            Cidr.parse("bypass.clientIps", cidr);
        }
    }

    /**
     * @param name header field, lower case
     * @param pattern RE2 expression that must match the whole value
     */
    public record HeaderMatch(String name, String pattern) {}
}
