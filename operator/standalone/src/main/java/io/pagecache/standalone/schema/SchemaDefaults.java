package io.pagecache.standalone.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Defaults as an API server fills them in: from the outside in, so that a default object gets the defaults of its fields. */
final class SchemaDefaults {
    private SchemaDefaults() {}

    static void fill(JsonNode schema, JsonNode value) {
        if (value instanceof ObjectNode object && schema.get("properties") instanceof ObjectNode properties) {
            properties.properties().forEach(property -> fill(object, property.getKey(), property.getValue()));
        } else if (value instanceof ArrayNode array && schema.has("items")) {
            array.forEach(item -> fill(schema.get("items"), item));
        }
    }

    private static void fill(ObjectNode object, String name, JsonNode schema) {
        JsonNode value = object.get(name);
        if (value != null && value.isNull()) {
            object.remove(name); // a null where none is allowed counts as absent
            value = null;
        }
        if (value == null && schema.has("default")) {
            object.set(name, schema.get("default").deepCopy());
        }
        if (object.has(name)) {
            fill(schema, object.get(name));
        }
    }
}
