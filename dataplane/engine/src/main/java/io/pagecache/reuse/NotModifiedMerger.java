package io.pagecache.reuse;

import io.pagecache.http.EntityTag;
import io.pagecache.http.Headers;
import io.pagecache.http.HttpDates;
import io.pagecache.http.PageResponse;
import io.pagecache.store.StoredPage;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Freshens a stored page by a 304 (RFC 9111 sections 3.2 and 4.3.4). */
public final class NotModifiedMerger {
    /** Never taken from a 304: they frame or describe the stored bytes, or belong to one client. */
    private static final Set<String> KEPT = Set.of(
            "content-length",
            "content-encoding",
            "content-range",
            "transfer-encoding",
            "trailer",
            "connection",
            "keep-alive",
            "upgrade",
            "set-cookie");

    private NotModifiedMerger() {}

    /**
     * The stored page's head as it stands after the 304, with its control fields, to be judged like a new answer. A 304 without {@code Date} is of the
     * moment it came in.
     *
     * @param notModified answer to the page's {@link ConditionalRequest}
     * @return null when the 304 speaks of another representation: the page must be fetched without conditions
     */
    public static @Nullable PageResponse merge(StoredPage page, PageResponse notModified) {
        if (!speaksOf(page.headers(), notModified)) {
            return null;
        }
        Headers update = notModified.headers();
        Set<String> replaced = new HashSet<>();
        update.forEach((name, value) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            replaced.add(lowerCase);
        });
        replaced.add("date");
        Set<String> kept = keptFor(page);
        replaced.removeAll(kept);
        Headers.Builder merged = page.headers().without(replaced).toBuilder()
                .addAll(page.control().without(replaced));
        update.forEach((name, value) -> {
            if (!kept.contains(name.toLowerCase(Locale.ROOT))) {
                merged.add(name, value);
            }
        });
        if (!update.contains("Date")) {
            merged.add("Date", HttpDates.format(notModified.receivedAt()));
        }
        return new PageResponse(
                page.status(),
                merged.build(),
                notModified.requestedAt(),
                notModified.receivedAt(),
                notModified.arrivedAt());
    }

    /** How a compiled page escapes what is filled in depends on its type (RFC 9111 section 3.2 allows this exception). */
    private static Set<String> keptFor(StoredPage page) {
        if (page.compiled() == null) {
            return KEPT;
        }
        Set<String> kept = new HashSet<>(KEPT);
        kept.add("content-type");
        return kept;
    }

    /** A validator in the 304 must be the stored one; without any, the one page that was asked about is meant. */
    private static boolean speaksOf(Headers stored, PageResponse notModified) {
        EntityTag theirs = EntityTag.of(notModified.headers());
        EntityTag ours = EntityTag.of(stored);
        if (theirs != null && ours != null) {
            return theirs.matchesWeakly(ours);
        }
        String modified = notModified.headers().first("Last-Modified");
        String known = stored.first("Last-Modified");
        return theirs != null || modified == null || known == null || modified.equals(known);
    }
}
