package io.pagecache.operator.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field that a check looks at: where it stands, and what it holds. */
record Field<T>(String path, T value) {

    static <T> Field<T> of(String path, T value) {
        return new Field<>(path, value);
    }

    /** A list with one field, or none when the value is absent. */
    static <T> List<Field<T>> ofNullable(String path, @Nullable T value) {
        return value == null ? List.of() : List.of(new Field<>(path, value));
    }

    /** One field per item: {@code path[0]}, {@code path[1]} … with what is read from each. */
    static <I, T> List<Field<T>> each(String path, String suffix, List<I> items, Function<I, T> value) {
        return eachOf(path, items, (itemPath, item) -> List.of(new Field<>(itemPath + suffix, value.apply(item))));
    }

    /** The fields of each item. */
    static <I, T> List<Field<T>> eachOf(String path, List<I> items, BiFunction<String, I, List<Field<T>>> fields) {
        List<Field<T>> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            all.addAll(fields.apply("%s[%d]".formatted(path, i), items.get(i)));
        }
        return all;
    }

    @SafeVarargs
    static <T> List<Field<T>> concat(List<Field<T>>... parts) {
        List<Field<T>> all = new ArrayList<>();
        for (List<Field<T>> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    /** The first field with a problem. */
    static <T> Optional<Finding> firstWrong(List<Field<T>> fields, Function<T, Optional<String>> problem) {
        for (Field<T> field : fields) {
            Optional<String> found = problem.apply(field.value());
            if (found.isPresent()) {
                return Optional.of(new Finding(field.path(), found.get()));
            }
        }
        return Optional.empty();
    }
}
