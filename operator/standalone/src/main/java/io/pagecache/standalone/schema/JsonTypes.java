package io.pagecache.standalone.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** The types of a schema, and what to call them. */
final class JsonTypes {
    private JsonTypes() {}

    static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }

    static String name(String type) {
        return switch (type) {
            case "object" -> "an object";
            case "array" -> "a list";
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> "a value";
        };
    }

    static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "the text '" + value.asText() + "'";
            case NUMBER -> "the number " + value.asText();
            case BOOLEAN -> "the boolean " + value.asText();
            default -> "nothing";
        };
    }

    static String mismatch(JsonNode value, String type, JsonNode schema) {
        String message = "expected %s, not %s".formatted(name(type), describe(value));
        boolean isBareWord = type.equals("string") && value.isBoolean();
        if (isBareWord && schema.path("enum").toString().contains("\"Off\"")) {
            return message
                    + ": write \"%s\" in quotes, bare it is a boolean".formatted(value.asBoolean() ? "On" : "Off");
        }
        return type.equals("string") && value.isValueNode() && !value.isNull()
                ? message + ": put it in quotes"
                : message;
    }
}
