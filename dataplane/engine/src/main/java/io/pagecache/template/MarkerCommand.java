package io.pagecache.template;

import org.jspecify.annotations.Nullable;

/** What a marker asks for. */
sealed interface MarkerCommand {

    /**
     * {@code get name.path "default" | filter}, and the same with {@code pop}, {@code incr} and {@code decr}.
     *
     * @param effect what happens to the value as well; null for {@code get}
     */
    record Show(
            ValuePath path,
            @Nullable Effect effect,
            @Nullable String fallback,
            OutputFilter filter) implements MarkerCommand {}

    /** {@code element name} */
    record Place(String element) implements MarkerCommand {}

    /** {@code if name.path} or {@code unless name.path} */
    record Condition(ValuePath path, boolean whenTrue) implements MarkerCommand {}

    record Else() implements MarkerCommand {}

    record End() implements MarkerCommand {}

    /**
     * None of these.
     *
     * @param offset of the first wrong character
     * @param fallback the marker's default as far as it could be read, which is shown instead
     */
    record Malformed(int offset, String message, @Nullable String fallback) implements MarkerCommand {}
}
