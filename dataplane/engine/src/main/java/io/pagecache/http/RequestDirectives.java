package io.pagecache.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The client's directives that this cache listens to. RFC 9111 section 5.2.1 makes all of them advisory. A client may ask for less
 * work from the origin than the rules allow for, never for more: {@code no-cache}, {@code no-store}, {@code max-age}, {@code
 * min-fresh} and {@code Pragma} would let anybody empty a shared cache or keep it empty, so they are not even read.
 *
 * @param onlyIfCached answer from the store or not at all (section 5.2.1.7)
 * @param maxStale how stale an answer the client takes (section 5.2.1.2); null when the directive is absent
 */
public record RequestDirectives(
        boolean onlyIfCached, @Nullable Duration maxStale) {
    public static final RequestDirectives NONE = new RequestDirectives(false, null);

    /** Reads {@code Cache-Control}; what cannot be read is left out. */
    public static RequestDirectives of(Headers headers) {
        return headers.contains("Cache-Control") ? new Reading().read(headers) : NONE;
    }

    private static final class Reading implements DirectiveReader.Sink {
        private boolean onlyIfCached;
        private @Nullable Duration maxStale;

        RequestDirectives read(Headers headers) {
            DirectiveReader.read(headers, "Cache-Control", this);
            return new RequestDirectives(onlyIfCached, maxStale);
        }

        @Override
        public void directive(String name, @Nullable String value) {
            if (name.equals("only-if-cached")) {
                onlyIfCached = true;
            } else if (name.equals("max-stale")) {
                Duration limit = value == null ? DeltaSeconds.MAX : DeltaSeconds.parse(value);
                maxStale = shorter(maxStale, limit == null ? Duration.ZERO : limit);
            }
        }

        private static Duration shorter(@Nullable Duration known, Duration other) {
            return known == null || other.compareTo(known) < 0 ? other : known;
        }
    }
}
