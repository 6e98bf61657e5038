package io.pagecache.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who answers misses.
 *
 * @param scheme {@code http} or {@code https}
 * @param host DNS name or address to connect to
 * @param port 1 to 65535
 * @param hostHeader what the origin sees as {@code Host}
 * @param timeouts how long each phase may take
 * @param maxConnections most connections of one proxy to the origin, 1 to 65535
 * @param retries extra tries for safe requests that failed before the first byte of an answer, 0 to 5
 * @param unresolved why the origin cannot be reached although the policy is accepted (its Service does not exist yet), or null
 * @param tls how an {@code https} origin proves who it is, or null: the platform's authorities and the origin's host
 */
public record Origin(
        String scheme,
        String host,
        int port,
        HostHeader hostHeader,
        Timeouts timeouts,
        int maxConnections,
        int retries,
        @Nullable String unresolved,
        @Nullable OriginTls tls) {

    public Origin {
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new InvalidPlanException("origin.scheme", "is '%s': expected http or https".formatted(scheme));
        }
        if (host.isEmpty()) {
            throw new InvalidPlanException("origin.host", "is empty");
        }
        requireWithin("origin.port", port, 1, 65535);
        requireWithin("origin.maxConnections", maxConnections, 1, 65535);
        requireWithin("origin.retries", retries, 0, 5);
    }

    private static void requireWithin(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidPlanException(field, "is %d: expected %d to %d".formatted(value, least, most));
        }
    }

    public enum HostHeader {
        /** The client's {@code Host}. */
        PRESERVE,
        /** The origin's own name. */
        ORIGIN
    }

    /**
     * @param connect until the connection stands
     * @param firstByte from the request's end to the answer's head
     * @param idle longest silence inside a body
     */
    public record Timeouts(Duration connect, Duration firstByte, Duration idle) {
        public Timeouts {
            requirePositive("origin.timeouts.connect", connect);
            requirePositive("origin.timeouts.firstByte", firstByte);
            requirePositive("origin.timeouts.idle", idle);
        }

        private static void requirePositive(String field, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new InvalidPlanException(field, "is %s: expected more than zero".formatted(value));
            }
        }
    }
}
