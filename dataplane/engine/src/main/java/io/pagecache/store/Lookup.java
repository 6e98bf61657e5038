package io.pagecache.store;

import io.pagecache.status.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the store knows about a key. */
public sealed interface Lookup {

    /**
     * A page whose variant matches.
     *
     * @param softPurgedAt when a soft purge made it stale, whatever its lifetime says; null when none did
     */
    record Found(StoredPage page, @Nullable Instant softPurgedAt) implements Lookup {}

    /** A part of the page is stored, in the variant that matches. @param page has a {@code part} */
    record FoundPart(StoredPage page) implements Lookup {}

    /** The page is stored, but in variants that do not match this request. */
    record VariantMiss() implements Lookup {}

    record UriMiss() implements Lookup {}

    /** Lately this could not be stored, so nobody should wait for it (hit-for-miss). */
    record KnownUncacheable(Reason reason) implements Lookup {}
}
