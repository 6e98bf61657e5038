package io.pagecache.standalone.file;

import java.nio.file.Path;

/**
 * A mistake in a policy file.
 *
 * @param where in the text
 * @param path of the field, such as {@code spec.origin}; empty when the mistake is not in a field
 * @param message what is wrong and what was expected
 */
public record Problem(Position where, String path, String message) {

    /** As editors and terminals link it: {@code file:line:column: path: message}. */
    public String in(Path file) {
        return "%s:%s: %s%s".formatted(file, where, path.isEmpty() ? "" : path + ": ", message);
    }
}
