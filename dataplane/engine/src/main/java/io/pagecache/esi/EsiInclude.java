package io.pagecache.esi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An {@code include} as a page writes it (ESI 1.0 section 3.1).
 *
 * @param src where the fragment is
 * @param alt where to look when it cannot be had; null for nowhere
 * @param continueOnError whether its absence is no failure of an {@code attempt} around it
 * @param terms how old and how late it may be
 */
public record EsiInclude(EsiText src, @Nullable EsiText alt, boolean continueOnError, Terms terms) {

    /**
     * What a page accepts of a fragment.
     *
     * @param timeout longest wait; null: as long as the page may take
     * @param ttl freshness lifetime where the fragment's answer names none; null: as its rule says
     * @param maxAge oldest copy taken without asking for a newer one; null: any that is fresh
     * @param staleFor how much older a copy may be while a newer one is fetched
     */
    public record Terms(
            @Nullable Duration timeout,
            @Nullable Duration ttl,
            @Nullable Duration maxAge,
            Duration staleFor) {
        public static final Terms NONE = new Terms(null, null, null, Duration.ZERO);
    }
}
