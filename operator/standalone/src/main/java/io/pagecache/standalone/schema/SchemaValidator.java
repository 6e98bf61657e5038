package io.pagecache.standalone.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagecache.standalone.file.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a value against a structural schema; fields that the schema does not know are mistakes, as with {@code
 * kubectl}.
 */
final class SchemaValidator {
    private final ScalarRules scalars = new ScalarRules();

    List<Violation> validate(JsonNode schema, JsonNode value) {
        List<Violation> violations = new ArrayList<>();
        validate(schema, value, "", violations);
        return violations;
    }

    private void validate(JsonNode schema, JsonNode value, String path, List<Violation> violations) {
        if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean() && !schema.has("type")) {
            return;
        }
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            if (!value.isTextual() && !value.isIntegralNumber()) {
                violations.add(
                        new Violation(path, "expected a text or a whole number, not " + JsonTypes.describe(value)));
            } else {
                scalars.problemOf(schema, value).ifPresent(problem -> violations.add(new Violation(path, problem)));
            }
            return;
        }
        String type = schema.path("type").asText();
        if (!JsonTypes.is(value, type)) {
            violations.add(new Violation(path, JsonTypes.mismatch(value, type, schema)));
            return;
        }
        switch (value) {
            case ObjectNode object -> validateObject(schema, object, path, violations);
            case ArrayNode array -> validateArray(schema, array, path, violations);
            default ->
                scalars.problemOf(schema, value).ifPresent(problem -> violations.add(new Violation(path, problem)));
        }
    }

    private void validateObject(JsonNode schema, ObjectNode object, String path, List<Violation> violations) {
        JsonNode properties = schema.path("properties");
        JsonNode additional = schema.path("additionalProperties");
        for (JsonNode required : schema.path("required")) {
            if (!object.has(required.asText())) {
                violations.add(new Violation(
                        FieldPath.field(path, required.asText()),
                        "is missing: expected " + expectedOf(properties, required)));
            }
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String fieldPath = FieldPath.field(path, field.getKey());
            if (properties.has(field.getKey())) {
                validate(properties.get(field.getKey()), field.getValue(), fieldPath, violations);
            } else if (additional.isObject()) {
                validate(additional, field.getValue(), fieldPath, violations);
            } else {
                violations.add(new Violation(fieldPath, UnknownField.message(field.getKey(), properties)));
            }
        }
    }

    private static String expectedOf(JsonNode properties, JsonNode required) {
        String type = properties.path(required.asText()).path("type").asText();
        return JsonTypes.name(type);
    }

    private void validateArray(JsonNode schema, ArrayNode array, String path, List<Violation> violations) {
        int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
        if (array.size() > most) {
            violations.add(new Violation(path, "has %d items: expected at most %d".formatted(array.size(), most)));
            return;
        }
        if (array.size() < schema.path("minItems").asInt(0)) {
            violations.add(new Violation(
                    path,
                    "has %d items: expected at least %d"
                            .formatted(array.size(), schema.path("minItems").asInt())));
        }
        String key = schema.at("/x-kubernetes-list-map-keys/0").asText();
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            String itemPath = FieldPath.item(path, i);
            JsonNode item = array.get(i);
            validate(schema.path("items"), item, itemPath, violations);
            if (!key.isEmpty() && item.has(key) && !seen.add(item.get(key))) {
                violations.add(new Violation(
                        FieldPath.field(itemPath, key),
                        "'%s' is used before: expected a %s of its own"
                                .formatted(item.get(key).asText(), key)));
            }
        }
    }
}
