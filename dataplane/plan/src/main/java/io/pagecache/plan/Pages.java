package io.pagecache.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is filled into cached pages when they are served.
 *
 * @param markers delimiters of a marker in a page
 * @param values named values that markers and elements read
 * @param elements named templates that markers place
 * @param stores where counters and entries are kept
 * @param deadline longest wait for all values of a page together
 */
public record Pages(
        Markers markers, List<Value> values, List<Element> elements, List<ValueStore> stores, Duration deadline) {
    /** Unless the policy says otherwise. */
    public static final Duration DEADLINE = Duration.ofSeconds(1);

    public static final Pages NONE = new Pages(new Markers("<!--pc:", "-->"), List.of(), List.of());

    public Pages {
        values = List.copyOf(values);
        elements = List.copyOf(elements);
        stores = List.copyOf(stores);
        for (Value value : values) {
            checkStore(value, stores);
        }
    }

    /** Without stores. */
    public Pages(Markers markers, List<Value> values, List<Element> elements) {
        this(markers, values, elements, List.of(), DEADLINE);
    }

    private static void checkStore(Value value, List<ValueStore> stores) {
        String wanted =
                switch (value.source()) {
                    case ValueSource.Counter(var store, var key) -> store;
                    case ValueSource.Entry(var store, var key, var format) -> store;
                    default -> null;
                };
        if (wanted != null && stores.stream().noneMatch(store -> store.name().equals(wanted))) {
            throw new InvalidPlanException(
                    "pages.values[%s].store".formatted(value.name()),
                    "is '%s', which is no store of the plan".formatted(wanted));
        }
    }

    public record Markers(String open, String close) {
        public Markers {
            if (open.length() < 3 || close.isEmpty()) {
                throw new InvalidPlanException(
                        "pages.markers",
                        "has '%s' and '%s': open needs at least 3 characters, close at least 1".formatted(open, close));
            }
        }
    }

    /**
     * @param name how markers call it: a letter, then letters, digits, {@code _} or {@code -}
     * @param source where it comes from
     * @param ttl how long a looked-up value is kept; zero: looked up for each page view
     * @param timeout longest wait before the fallback stands in
     * @param fallbackJson JSON text used when the value is missing, late or broken; null: nothing
     */
    public record Value(
            String name,
            ValueSource source,
            Duration ttl,
            Duration timeout,
            @Nullable String fallbackJson) {}

    /** A named template in restricted Qute; {@code fallback} is the text shown when it cannot be rendered. */
    public record Element(String name, String template, String fallback) {}
}
