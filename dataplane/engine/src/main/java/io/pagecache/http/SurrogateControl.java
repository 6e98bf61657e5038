package io.pagecache.http;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Surrogate-Control} (Edge Architecture Specification 1.0, section 2.2) tells this cache.
 *
 * @param noStore do not keep
 * @param maxAge freshness lifetime; null when absent
 * @param staleFor how long after that it may still be served ({@code max-age=600+30}); null when absent
 * @param content processing the answer asks for, such as {@code ESI/1.0} or {@code Pagecache/1.0}, as written
 */
public record SurrogateControl(
        boolean noStore,
        @Nullable Duration maxAge,
        @Nullable Duration staleFor,
        Set<String> content) {

    public static final SurrogateControl NONE = new SurrogateControl(false, null, null, Set.of());

    public SurrogateControl {
        content = Set.copyOf(content);
    }

    /** Reads the field; text that is no list of directives counts as {@code no-store}. */
    public static SurrogateControl of(Headers headers) {
        return headers.contains("Surrogate-Control") ? new Reading().read(headers) : NONE;
    }

    /** Whether it says anything about keeping the answer. */
    boolean governsStorage() {
        return noStore || maxAge != null;
    }

    /** Whether the answer asks for this processing. Names are compared without case. */
    public boolean asksFor(String processing) {
        return content.contains(processing.toLowerCase(Locale.ROOT));
    }

    private static final class Reading implements DirectiveReader.Sink {
        private boolean noStore;
        private @Nullable Duration maxAge;
        private @Nullable Duration staleFor;
        private final Set<String> content = new LinkedHashSet<>();

        SurrogateControl read(Headers headers) {
            if (!DirectiveReader.read(headers, "Surrogate-Control", this)) {
                noStore = true;
            }
            return new SurrogateControl(noStore, maxAge, staleFor, content);
        }

        @Override
        public void directive(String name, @Nullable String value) {
            switch (name) {
                case "no-store" -> noStore = true;
                case "max-age" -> maxAge(value == null ? "" : value);
                case "content" -> content(value == null ? "" : value);
                default -> {} // no-store-remote speaks to caches far from the origin
            }
        }

        private void maxAge(String value) {
            int plus = value.indexOf('+');
            Duration fresh = DeltaSeconds.parse(plus < 0 ? value : value.substring(0, plus));
            maxAge = fresh == null ? Duration.ZERO : fresh;
            staleFor = plus < 0 ? null : DeltaSeconds.parse(value.substring(plus + 1));
        }

        private void content(String value) {
            int start = 0;
            for (int i = 0; i <= value.length(); i++) {
                if (i == value.length() || value.charAt(i) == ' ') {
                    if (i > start) {
                        content.add(value.substring(start, i).toLowerCase(Locale.ROOT));
                    }
                    start = i + 1;
                }
            }
        }
    }
}
