package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The reference manual of a kind in Markdown: one table for each object of its schema. */
final class ReferencePage {
    private final StringBuilder page = new StringBuilder();

    private ReferencePage() {}

    static String of(String kind, String shortName, String definition, String remarks) {
        JsonNode schema = Crds.schemaOf(definition);
        ReferencePage page = new ReferencePage();
        page.page.append("""
                # %s

                <!-- Generated from the custom resource definition: PAGECACHE_REGENERATE=true ./mvnw test -pl crds -->

                %s `%s`, version `%s`; `kubectl explain %s.spec` says the same.

                %s
                """.formatted(
                        kind,
                        schema.path("description").asText(),
                        PageCachePolicy.GROUP,
                        PageCachePolicy.VERSION,
                        shortName,
                        remarks));
        page.rules(schema);
        page.describe("spec", schema.at("/properties/spec"));
        page.describe("status", schema.at("/properties/status"));
        return page.page.toString();
    }

    private void describe(String path, JsonNode object) {
        page.append("\n## ").append(path).append("\n\n");
        if (object.has("description")) {
            page.append(object.get("description").asText()).append("\n\n");
        }
        boolean hasDefaults = path.startsWith("spec");
        page.append(
                hasDefaults
                        ? "| Field | Value | Default | Meaning |\n|---|---|---|---|\n"
                        : "| Field | Value | Meaning |\n|---|---|---|\n");
        List<String> required = texts(object.path("required"));
        for (Map.Entry<String, JsonNode> field : object.path("properties").properties()) {
            row(field.getKey(), field.getValue(), required.contains(field.getKey()), hasDefaults);
        }
        rules(object);
        for (Map.Entry<String, JsonNode> field : object.path("properties").properties()) {
            describeNested(path + "." + field.getKey(), field.getValue());
        }
    }

    private void describeNested(String path, JsonNode schema) {
        if (schema.has("properties")) {
            describe(path, schema);
        } else if (schema.path("items").has("properties")) {
            describe(path + "[]", schema.get("items"));
        }
    }

    private void row(String name, JsonNode schema, boolean isRequired, boolean hasDefaults) {
        page.append("| `").append(name).append("` | ").append(cell(valueOf(schema)));
        if (hasDefaults) {
            page.append(" | ").append(isRequired ? "required" : cell(defaultOf(schema)));
        }
        page.append(" | ").append(cell(schema.path("description").asText())).append(" |\n");
    }

    private void rules(JsonNode schema) {
        List<String> messages = StreamSupport.stream(
                        schema.path("x-kubernetes-validations").spliterator(), false)
                .map(rule -> "- " + rule.path("message").asText() + "\n")
                .toList();
        if (!messages.isEmpty()) {
            page.append("\nRules:\n\n");
            messages.forEach(page::append);
        }
    }

    private static String defaultOf(JsonNode schema) {
        JsonNode value = schema.path("default");
        if (value.isMissingNode() || value.isContainerNode() && value.isEmpty()) {
            return "";
        }
        return "`" + (value.isTextual() && !value.asText().isEmpty() ? value.asText() : value.toString()) + "`";
    }

    private static String valueOf(JsonNode schema) {
        if (schema.has("enum")) {
            return texts(schema.get("enum")).stream()
                    .map(name -> "`" + name + "`")
                    .collect(Collectors.joining(", "));
        }
        return switch (schema.path("type").asText()) {
            case "object" -> schema.has("additionalProperties") ? "map of names to values" : "object";
            case "array" -> "list" + atMost(schema, "maxItems") + ": " + valueOf(schema.path("items"));
            case "string" ->
                schema.has("pattern") ? Patterns.meaningOf(schema.get("pattern").asText()) : text(schema);
            case "integer" -> "whole number" + bounds(schema);
            case "number" -> "number" + bounds(schema);
            case "boolean" -> "`true`, `false`";
            default -> schema.path("x-kubernetes-int-or-string").asBoolean() ? "text or whole number" : "any JSON";
        };
    }

    private static String text(JsonNode schema) {
        return schema.path("format").asText().equals("date-time") ? "time" : "text" + atMost(schema, "maxLength");
    }

    private static String atMost(JsonNode schema, String bound) {
        return schema.has(bound) ? " (at most " + schema.get(bound).asText() + ")" : "";
    }

    private static String bounds(JsonNode schema) {
        return schema.has("minimum") && schema.has("maximum")
                ? ", %s to %s"
                        .formatted(
                                schema.get("minimum").asText(),
                                schema.get("maximum").asText())
                : "";
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
