package io.pagecache.standalone.file;

/**
 * Paths of fields as API servers write them: {@code spec.rules[0].name}, {@code metadata.annotations[example.com/x]}.
 */
public final class FieldPath {
    private FieldPath() {}

    /** The path of a field of an object; names with dots or slashes are put in brackets. */
    public static String field(String parent, String name) {
        if (name.indexOf('.') >= 0 || name.indexOf('/') >= 0) {
            return parent + "[" + name + "]";
        }
        return parent.isEmpty() ? name : parent + "." + name;
    }

    public static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** The path of what contains this field; empty for a field of the root. */
    static String parentOf(String path) {
        if (path.endsWith("]")) {
            return path.substring(0, path.lastIndexOf('['));
        }
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }
}
