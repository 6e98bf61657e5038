package io.pagecache.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header or trailer fields in the order they came, names compared without case (RFC 9110 section 5.1). Immutable. Built for few
 * fields: look-up is a scan, which beats hashing below some thirty fields.
 */
public final class Headers {
    public static final Headers EMPTY = new Headers(new String[0]);

    /** name, value, name, value … */
    private final String[] fields;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /** @param namesAndValues name, value, name, value … */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "expected pairs of name and value, got " + namesAndValues.length + " strings");
        }
        return new Headers(namesAndValues.clone());
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.fields.addAll(List.of(fields));
        return builder;
    }

    /** Number of field lines. */
    public int size() {
        return fields.length / 2;
    }

    public boolean contains(String name) {
        return first(name) != null;
    }

    /** Value of the first line with this name, or null. */
    public @Nullable String first(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    /** Values of all lines with this name in order; empty when there is none. */
    public List<String> all(String name) {
        List<String> values = List.of();
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                if (values.isEmpty()) {
                    values = new ArrayList<>(2);
                }
                values.add(fields[i + 1]);
            }
        }
        return values;
    }

    /** All lines with this name joined by {@code ", "} (RFC 9110 section 5.3), or null when there is none. */
    public @Nullable String combined(String name) {
        String joined = null;
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                joined = joined == null ? fields[i + 1] : joined + ", " + fields[i + 1];
            }
        }
        return joined;
    }

    /** Each line in order, names as they were sent. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.length; i += 2) {
            action.accept(fields[i], fields[i + 1]);
        }
    }

    /** These fields but those named (lower case). */
    public Headers without(Set<String> lowerCaseNames) {
        Builder kept = new Builder();
        forEach((name, value) -> {
            if (!lowerCaseNames.contains(name.toLowerCase(Locale.ROOT))) {
                kept.add(name, value);
            }
        });
        return kept.build();
    }

    /** Rough heap cost in bytes, for memory accounting. */
    public int weight() {
        int bytes = 32;
        for (String field : fields) {
            bytes += 48 + field.length();
        }
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers that && List.of(fields).equals(List.of(that.fields));
    }

    @Override
    public int hashCode() {
        return List.of(fields).hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final List<String> fields = new ArrayList<>(32);

        private Builder() {}

        public Builder add(String name, String value) {
            fields.add(name);
            fields.add(value);
            return this;
        }

        /** Replaces all lines with this name by one. */
        public Builder set(String name, String value) {
            return remove(name).add(name, value);
        }

        public Builder addAll(Headers headers) {
            headers.forEach(this::add);
            return this;
        }

        public Builder remove(String name) {
            for (int i = fields.size() - 2; i >= 0; i -= 2) {
                if (fields.get(i).equalsIgnoreCase(name)) {
                    fields.remove(i + 1);
                    fields.remove(i);
                }
            }
            return this;
        }

        public Headers build() {
            return fields.isEmpty() ? EMPTY : new Headers(fields.toArray(String[]::new));
        }
    }
}
