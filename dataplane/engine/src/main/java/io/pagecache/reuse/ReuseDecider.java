package io.pagecache.reuse;

import io.pagecache.http.ByteRanges;
import io.pagecache.http.ContentRange;
import io.pagecache.http.PageRequest;
import io.pagecache.http.RangeSelection;
import io.pagecache.http.RequestDirectives;
import io.pagecache.reuse.Serving.Fetch;
import io.pagecache.reuse.Serving.Fresh;
import io.pagecache.reuse.Serving.Part;
import io.pagecache.reuse.Serving.Revalidate;
import io.pagecache.reuse.Serving.Stale;
import io.pagecache.reuse.Serving.Unsatisfiable;
import io.pagecache.status.ForwardReason;
import io.pagecache.status.Reason;
import io.pagecache.store.Lookup;
import io.pagecache.store.Lookup.Found;
import io.pagecache.store.Lookup.FoundPart;
import io.pagecache.store.Lookup.KnownUncacheable;
import io.pagecache.store.Lookup.UriMiss;
import io.pagecache.store.Lookup.VariantMiss;
import io.pagecache.store.StoredPage;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Decides how an admitted request is answered (RFC 9111 section 4). Of the client's directives only those that spare the origin
 * count: {@code only-if-cached} and {@code max-stale}; see {@link RequestDirectives}.
 */
public final class ReuseDecider {
    private static final Serving UNSATISFIABLE = new Unsatisfiable();

    public Serving decide(PageRequest request, Lookup lookup, Instant now) {
        return decide(request, lookup, now, false);
    }

    /**
     * @param held whether readers keep what is stored until the authors' edits are published: a page that is merely too old is then
     *     served as it is, and not refreshed. One that was purged, or that is never fresh, is not held
     */
    public Serving decide(PageRequest request, Lookup lookup, Instant now, boolean held) {
        RequestDirectives client = RequestDirectives.of(request.headers());
        Serving serving =
                switch (lookup) {
                    case Found found
                    when held && mayBeHeld(found) && !isFresh(found, now) ->
                        new Stale(found.page(), Reason.HELD_FOR_AUTHORS, false);
                    case Found found -> fromPage(found, client, now);
                    case FoundPart(var part) -> fromPart(request, part, now);
                    case VariantMiss miss -> fetch(request, ForwardReason.VARY_MISS, Reason.OTHER_VARIANT_STORED);
                    case UriMiss miss -> fetch(request, ForwardReason.URI_MISS, Reason.ABSENT);
                    case KnownUncacheable mark -> new Fetch(ForwardReason.URI_MISS, Reason.KNOWN_UNCACHEABLE, false);
                };
        boolean needsOrigin = serving instanceof Fetch || serving instanceof Revalidate;
        return needsOrigin && client.onlyIfCached() ? UNSATISFIABLE : serving;
    }

    /**
     * What may be served when the origin has just failed: no answer, or one of {@link #isFailure}. Look up anew for this, as
     * somebody else may have stored a page meanwhile.
     *
     * @return {@code Fresh}, {@code Stale} (RFC 5861 section 4) or {@code Unsatisfiable}
     */
    public Serving onFailure(Lookup lookup, Instant now) {
        if (!(lookup instanceof Found found)) {
            return UNSATISFIABLE;
        }
        if (isFresh(found, now)) {
            return new Fresh(found.page());
        }
        return mayServeIfError(found, now) ? new Stale(found.page(), Reason.STALE_IF_ERROR, false) : UNSATISFIABLE;
    }

    /**
     * What one who wants no old copies makes of a fresh page: one that is too old counts as stale, the others keep it.
     *
     * @param maxAge oldest age that is taken without asking
     * @param staleFor how much older a copy may be while a newer one is fetched
     */
    public static Serving noOlderThan(Serving serving, Duration maxAge, Duration staleFor, Instant now) {
        if (!(serving instanceof Fresh(var page)) || page.age(now).compareTo(maxAge) <= 0) {
            return serving;
        }
        boolean mayWait = page.age(now).compareTo(maxAge.plus(staleFor)) <= 0;
        return mayWait
                ? new Stale(page, Reason.STALE_WHILE_REVALIDATE, true)
                : new Revalidate(page, Reason.EXPIRED, true, true);
    }

    /** Statuses that count as the origin's failure where a stale page can stand in (RFC 5861 section 4). */
    public static boolean isFailure(int status) {
        return status == 500 || status == 502 || status == 503 || status == 504;
    }

    private static Serving fromPage(Found found, RequestDirectives client, Instant now) {
        StoredPage page = found.page();
        if (isFresh(found, now)) {
            return new Fresh(page);
        }
        boolean softPurged = found.softPurgedAt() != null;
        if (isWithin(found, page.windows().whileRevalidate(), now)) {
            return new Stale(page, softPurged ? Reason.PURGED_SOFT : Reason.STALE_WHILE_REVALIDATE, true);
        }
        boolean allowedByClient = client.maxStale() != null
                && !softPurged
                && !page.directives().forbidsStale()
                && page.staleness(now).compareTo(client.maxStale()) <= 0;
        if (allowedByClient) {
            return new Stale(page, Reason.STALE_ALLOWED_BY_CLIENT, true);
        }
        return new Revalidate(page, whyStale(found), mayServeIfError(found, now), isWorthWaitingFor(page));
    }

    private static boolean mayBeHeld(Found found) {
        return found.softPurgedAt() == null && !found.page().lifetime().isZero();
    }

    private static boolean isFresh(Found found, Instant now) {
        return found.softPurgedAt() == null && found.page().isFresh(now);
    }

    /** A stored failure is no better than the one it would stand in for. */
    private static boolean mayServeIfError(Found found, Instant now) {
        return !isFailure(found.page().status())
                && isWithin(found, found.page().windows().ifError(), now);
    }

    /** Whether the page has been stale, by its lifetime or by a soft purge, for less than the window. */
    private static boolean isWithin(Found found, Duration window, Instant now) {
        Duration staleness = found.page().staleness(now);
        Instant purged = found.softPurgedAt();
        if (purged != null) {
            Instant upTo = now.isBefore(purged) ? purged : now; // a clock that was set back makes nothing fresh again
            Duration sincePurge = Duration.between(purged, upTo);
            staleness = sincePurge.compareTo(staleness) > 0 ? sincePurge : staleness;
        }
        return staleness.compareTo(window) < 0;
    }

    private static Reason whyStale(Found found) {
        if (found.softPurgedAt() != null) {
            return Reason.PURGED_SOFT;
        }
        return found.page().directives().forbidsStale() ? Reason.MUST_REVALIDATE : Reason.EXPIRED;
    }

    /** A page that is never fresh would have each waiting request revalidate it after the other. */
    private static boolean isWorthWaitingFor(StoredPage page) {
        return !page.lifetime().isZero() || !page.windows().whileRevalidate().isZero();
    }

    /** RFC 9111 section 3.3. What the part does not cover is fetched, and may complete it. */
    private static Serving fromPart(PageRequest request, StoredPage part, Instant now) {
        if (!request.method().equals("GET") || !part.isFresh(now)) {
            return fetch(request, ForwardReason.URI_MISS, Reason.ABSENT);
        }
        if (!asksForPart(request)) {
            return new Fetch(ForwardReason.PARTIAL, Reason.ABSENT, true, part);
        }
        ContentRange held = Objects.requireNonNull(part.part());
        RangeSelection selection = ByteRanges.select(request, 200, part.headers(), held.complete(), now);
        boolean isHeld = selection instanceof RangeSelection.Partial(var ranges)
                && ranges.size() == 1
                && held.covers(ranges.getFirst());
        return isHeld ? new Part(part) : new Fetch(ForwardReason.PARTIAL, Reason.RANGE_ABSENT, false, part);
    }

    private static boolean asksForPart(PageRequest request) {
        return request.method().equals("GET") && request.headers().contains("Range");
    }

    /** A part is fetched by and for the one who asks: what comes back is rarely the whole page. */
    private static Serving fetch(PageRequest request, ForwardReason forward, Reason reason) {
        return asksForPart(request) ? new Fetch(forward, Reason.RANGE_ABSENT, false) : new Fetch(forward, reason, true);
    }
}
