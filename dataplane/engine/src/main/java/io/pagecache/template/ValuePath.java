package io.pagecache.template;

import java.util.List;

/**
 * Which part of which value: {@code session.user.name}.
 *
 * @param value name of a declared value
 * @param steps keys of objects, or positions in lists from 0, from the outside in
 */
public record ValuePath(String value, List<String> steps) {
    public ValuePath {
        steps = List.copyOf(steps);
    }

    @Override
    public String toString() {
        return steps.isEmpty() ? value : value + "." + String.join(".", steps);
    }
}
