package io.pagecache.status;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What this cache did with a request, as its member of {@code Cache-Status} (RFC 9211). Immutable; each method adds to what is
 * known.
 *
 * @param forward why the origin was asked; null when it was not
 * @param forwardStatus what the origin answered; 0 when it was not asked or did not answer
 * @param ttl remaining freshness lifetime, negative when stale; null when nothing stored was involved
 * @param key shown only when asked for, as it may hold what others should not see
 */
public record CacheStatus(
        boolean hit,
        @Nullable ForwardReason forward,
        int forwardStatus,
        boolean stored,
        boolean collapsed,
        @Nullable Duration ttl,
        @Nullable String key,
        Reason reason) {

    /** How this cache calls itself. */
    public static final String NAME = "Pagecache";

    /** Answered from the store without asking the origin. */
    public static CacheStatus hit(Reason reason, Duration ttl) {
        return new CacheStatus(true, null, 0, false, false, ttl, null, reason);
    }

    /** The origin was asked. */
    public static CacheStatus forwarded(ForwardReason forward, Reason reason) {
        return new CacheStatus(false, forward, 0, false, false, null, null, reason);
    }

    /** Answered by the proxy itself: neither a page nor an origin's answer. */
    public static CacheStatus local(Reason reason) {
        return new CacheStatus(false, null, 0, false, false, null, null, reason);
    }

    /** The origin answered with this status. */
    public CacheStatus answered(int status) {
        return new CacheStatus(hit, forward, status, stored, collapsed, ttl, key, reason);
    }

    /** The answer was kept, and is fresh for this long. */
    public CacheStatus kept(Duration remaining) {
        return new CacheStatus(hit, forward, forwardStatus, true, collapsed, remaining, key, reason);
    }

    /** The answer came with another request's fetch. */
    public CacheStatus shared() {
        return new CacheStatus(hit, forward, forwardStatus, stored, true, ttl, key, reason);
    }

    public CacheStatus because(Reason newReason) {
        return new CacheStatus(hit, forward, forwardStatus, stored, collapsed, ttl, key, newReason);
    }

    public CacheStatus withKey(String text) {
        return new CacheStatus(hit, forward, forwardStatus, stored, collapsed, ttl, text, reason);
    }

    /**
     * The field with this cache as its last member (RFC 9211 section 2).
     *
     * @param upstream the field as the origin sent it, or null
     */
    public String after(@Nullable String upstream) {
        return upstream == null || upstream.isBlank() ? toString() : upstream + ", " + this;
    }

    /** This cache's member: an item with parameters (RFC 9651 section 3.3). */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(64).append(NAME);
        if (hit) {
            text.append("; hit");
        }
        if (forward != null) {
            text.append("; fwd=").append(forward.token());
        }
        if (forwardStatus != 0) {
            text.append("; fwd-status=").append(forwardStatus);
        }
        if (ttl != null) {
            text.append("; ttl=").append(ttl.toSeconds());
        }
        if (stored) {
            text.append("; stored");
        }
        if (collapsed) {
            text.append("; collapsed");
        }
        if (key != null) {
            appendString(text.append("; key="), key);
        }
        return text.append("; detail=").append(reason.token()).toString();
    }

    /** A string has only visible ASCII (RFC 9651 section 3.3.3): anything else becomes a question mark. */
    private static void appendString(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else {
                text.append(c >= 0x20 && c < 0x7F ? c : '?');
            }
        }
        text.append('"');
    }
}
