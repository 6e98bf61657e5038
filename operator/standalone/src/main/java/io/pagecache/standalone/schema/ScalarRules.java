package io.pagecache.standalone.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.pagecache.api.v1alpha1.Patterns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Enums, lengths, patterns and bounds of single values. */
final class ScalarRules {
    private final Map<String, Pattern> patterns = new HashMap<>();

    /** What is wrong with a value of the right type, or empty. */
    Optional<String> problemOf(JsonNode schema, JsonNode value) {
        return enumProblem(schema.path("enum"), value)
                .or(() -> value.isTextual() ? textProblem(schema, value.asText()) : boundsProblem(schema, value));
    }

    private static Optional<String> enumProblem(JsonNode allowed, JsonNode value) {
        if (allowed.isMissingNode()
                || StreamSupport.stream(allowed.spliterator(), false).anyMatch(value::equals)) {
            return Optional.empty();
        }
        List<String> names = StreamSupport.stream(allowed.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return Optional.of(
                "'%s' is not supported: expected one of %s".formatted(value.asText(), String.join(", ", names)));
    }

    private Optional<String> textProblem(JsonNode schema, String text) {
        int length = text.codePointCount(0, text.length());
        if (length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            return Optional.of("has %d characters: expected at most %d"
                    .formatted(length, schema.path("maxLength").asInt()));
        }
        if (length < schema.path("minLength").asInt(0)) {
            return Optional.of("'%s' is too short: expected at least %d characters"
                    .formatted(text, schema.path("minLength").asInt()));
        }
        String pattern = schema.path("pattern").asText();
        return pattern.isEmpty() || compiled(pattern).matcher(text).find()
                ? Optional.empty()
                : Optional.of("'%s': expected %s".formatted(text, Patterns.meaningOf(pattern)));
    }

    private Pattern compiled(String pattern) {
        return patterns.computeIfAbsent(pattern, Pattern::compile);
    }

    private static Optional<String> boundsProblem(JsonNode schema, JsonNode value) {
        JsonNode least = schema.path("minimum");
        JsonNode most = schema.path("maximum");
        boolean tooSmall = least.isNumber() && value.asDouble() < least.asDouble();
        boolean tooGreat = most.isNumber() && value.asDouble() > most.asDouble();
        if (!value.isNumber() || !(tooSmall || tooGreat)) {
            return Optional.empty();
        }
        return Optional.of(
                most.isNumber() && least.isNumber()
                        ? "%s: expected %s to %s".formatted(value.asText(), least.asText(), most.asText())
                        : "%s: expected %s"
                                .formatted(
                                        value.asText(),
                                        tooSmall ? "at least " + least.asText() : "at most " + most.asText()));
    }
}
