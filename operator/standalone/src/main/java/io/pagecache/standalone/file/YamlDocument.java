package io.pagecache.standalone.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One document of a YAML text.
 *
 * @param root its content
 * @param start where it begins
 * @param positions where each field's value begins, by path
 */
public record YamlDocument(JsonNode root, Position start, Map<String, Position> positions) {
    public YamlDocument {
        positions = Map.copyOf(positions);
    }

    /** Where a field stands; for one that is not in the text, where the nearest field around it stands. */
    public Position positionOf(String path) {
        for (String at = path; !at.isEmpty(); at = FieldPath.parentOf(at)) {
            Position position = positions.get(at);
            if (position != null) {
                return position;
            }
        }
        return start;
    }

    /** The text of a field such as {@code kind}, or empty when it is absent or no text. */
    public String text(String field) {
        JsonNode value = root.get(field);
        return value != null && value.isTextual() ? value.asText() : "";
    }
}
