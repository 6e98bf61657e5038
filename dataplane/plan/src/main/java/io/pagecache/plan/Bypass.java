package io.pagecache.plan;

import java.time.Instant;
import java.util.List;

/**
 * Requests that skip the cache: they go to the origin and what they bring is not stored.
 *
 * @param clientIps CIDRs of client addresses
 * @param temporary the same for a while
 * @param headers request headers whose value matches
 * @param cookies names of cookies whose presence is enough
 */
public record Bypass(
        List<String> clientIps, List<Temporary> temporary, List<HeaderMatch> headers, List<String> cookies) {
    public static final Bypass NONE = new Bypass(List.of(), List.of(), List.of(), List.of());

    public Bypass {
        clientIps = List.copyOf(clientIps);
        temporary = List.copyOf(temporary);
        headers = List.copyOf(headers);
        cookies = List.copyOf(cookies);
        for (String cidr : clientIps) {
            Cidr.parse("bypass.clientIps", cidr);
        }
    }

    /** A bypass without temporary entries. */
    public Bypass(List<String> clientIps, List<HeaderMatch> headers, List<String> cookies) {
        this(clientIps, List.of(), headers, cookies);
    }

    /**
     * @param cidr client addresses
     * @param until from then on they are clients like all others
     */
    public record Temporary(String cidr, Instant until) {
        public Temporary {
            Cidr.parse("bypass.temporary", cidr);
        }
    }

    /**
     * @param name header field, lower case
     * @param pattern RE2 expression that must match the whole value
     */
    public record HeaderMatch(String name, String pattern) {}
}
