package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Defaults as an API server fills them in: from the outside in, so that a default object gets the defaults of its
 * fields.
 */
public final class SchemaDefaults {
    private SchemaDefaults() {}

    /**
     * @param schema an {@code openAPIV3Schema}
     * @param value is changed: absent fields get their default
     */
    public static void fill(JsonNode schema, JsonNode value) {
        if (value instanceof ObjectNode object && schema.get("properties") instanceof ObjectNode properties) {
            properties.properties().forEach(property -> fill(object, property.getKey(), property.getValue()));
        } else if (value instanceof ArrayNode array && schema.has("items")) {
            array.forEach(item -> fill(schema.get("items"), item));
        }
    }

    private static void fill(ObjectNode object, String name, JsonNode schema) {
        if (object.path(name).isNull() && !mayHoldAnything(schema)) {
            object.remove(name); // a null where none is allowed counts as absent
        }
        if (!object.has(name) && schema.has("default")) {
            object.set(name, schema.get("default").deepCopy());
        }
        if (object.has(name)) {
            fill(schema, object.get(name));
        }
    }

    private static boolean mayHoldAnything(JsonNode schema) {
        return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    }
}
