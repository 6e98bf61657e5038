package io.pagecache.http;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a client's conditions on a stored page in the order of RFC 9110 section 13.2.2. This cache answers in the origin's
 * name and with validators of its own making, so {@code If-Match} and {@code If-Unmodified-Since} are evaluated as well.
 */
public final class Preconditions {
    private static final List<String> FIELDS =
            List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since");

    private Preconditions() {}

    /** Whether the request has any condition that may be answered by 304 or 412. */
    public static boolean areStated(Headers request) {
        for (int i = 0; i < FIELDS.size(); i++) {
            if (request.contains(FIELDS.get(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param status what would be answered without conditions; they count for 2xx only (section 13.2.1)
     * @param representation fields of the form that would be sent
     * @param now for the century of RFC 850 dates
     */
    public static Precondition evaluate(PageRequest request, int status, Headers representation, Instant now) {
        if (status < 200 || status > 299) {
            return Precondition.PROCEED;
        }
        if (!holdsUnchanged(request.headers(), representation, now)) {
            return Precondition.FAILED;
        }
        return holdsChanged(request, representation, now) ? Precondition.PROCEED : alreadyThere(request);
    }

    private static Precondition alreadyThere(PageRequest request) {
        return request.isRetrieval() ? Precondition.NOT_MODIFIED : Precondition.FAILED;
    }

    /** Steps 1 and 2: {@code If-Match}, or else {@code If-Unmodified-Since}. */
    private static boolean holdsUnchanged(Headers request, Headers representation, Instant now) {
        if (request.contains("If-Match")) {
            return isAny(request, "If-Match") || listed(request, "If-Match", EntityTag.of(representation), true);
        }
        Instant since = HttpDates.of(request, "If-Unmodified-Since", now);
        Instant modified = HttpDates.of(representation, "Last-Modified", now);
        return since == null || modified == null || !modified.isAfter(since);
    }

    /** Steps 3 and 4: {@code If-None-Match}, or else {@code If-Modified-Since}. */
    private static boolean holdsChanged(PageRequest request, Headers representation, Instant now) {
        Headers fields = request.headers();
        if (fields.contains("If-None-Match")) {
            return !isAny(fields, "If-None-Match")
                    && !listed(fields, "If-None-Match", EntityTag.of(representation), false);
        }
        if (!request.isRetrieval()) {
            return true;
        }
        Instant since = HttpDates.of(fields, "If-Modified-Since", now);
        Instant modified = modified(representation, now);
        return since == null || modified == null || modified.isAfter(since);
    }

    /** {@code Last-Modified}, or {@code Date} in its stead (RFC 9111 section 4.3.2). */
    private static @Nullable Instant modified(Headers representation, Instant now) {
        Instant modified = HttpDates.of(representation, "Last-Modified", now);
        return modified != null ? modified : HttpDates.of(representation, "Date", now);
    }

    private static boolean isAny(Headers request, String field) {
        String value = request.first(field);
        return value != null && value.strip().equals("*");
    }

    private static boolean listed(Headers request, String field, @Nullable EntityTag current, boolean strongly) {
        if (current == null) {
            return false;
        }
        for (String member : FieldList.members(request, field)) {
            EntityTag tag = EntityTag.parse(member);
            if (tag != null && (strongly ? tag.matchesStrongly(current) : tag.matchesWeakly(current))) {
                return true;
            }
        }
        return false;
    }
}
