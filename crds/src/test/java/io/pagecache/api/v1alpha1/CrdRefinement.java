package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What the generator cannot say: list-map keys, date-times, the order of columns, descriptions of types that are not
 * ours.
 */
final class CrdRefinement {
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "PageCachePolicy", "A page cache in front of one web application.",
            "PageCachePurge",
                    "One purge of a policy's cache: kubectl wait --for=condition=Complete tells when it is done.");

    private static final Map<String, List<String>> COLUMNS = Map.of(
            "PageCachePolicy",
                    List.of(
                            "Ready",
                            "Proxies",
                            "Hit Ratio",
                            "Offload",
                            "Objects",
                            "Age",
                            "Revision",
                            "Last Purge",
                            "Reason"),
            "PageCachePurge", List.of("Policy", "Complete", "Entries", "Age", "Failed"));

    /** Lists whose items are told apart by one field, per kind. */
    private static final Map<String, Map<String, String>> LIST_MAP_KEYS = Map.of(
            "PageCachePolicy",
                    Map.of(
                            "spec.rules", "name",
                            "spec.pages.values", "name",
                            "spec.pages.elements", "name",
                            "spec.pages.stores", "name",
                            "status.conditions", "type"),
            "PageCachePurge", Map.of("status.conditions", "type", "status.proxies", "name"));

    private static final List<String> DATE_TIMES = List.of("lastTransitionTime", "since", "requestedAt", "completedAt");

    private static final Map<String, String> CONDITION_FIELDS = Map.of(
            "type", "Name of the condition.",
            "status", "True, False or Unknown.",
            "reason", "Machine-readable reason of the last change.",
            "message", "What a person should know about it.",
            "observedGeneration", "Generation that the condition was computed from.",
            "lastTransitionTime", "When status last changed.");

    private CrdRefinement() {}

    static void refine(ObjectNode crd) {
        String kind = crd.at("/spec/names/kind").asText();
        ObjectNode version = (ObjectNode) crd.at("/spec/versions/0");
        ObjectNode schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
        orderColumns(version, COLUMNS.get(kind));
        schema.put("description", DESCRIPTIONS.get(kind));
        schema.putArray("required").add("spec");
        ((ObjectNode) schema.at("/properties/spec")).put("description", "What is wanted.");
        ((ObjectNode) schema.at("/properties/status")).put("description", "What is observed; written by the operator.");
        describeConditions(schema);
        if (kind.equals("PageCachePolicy")) {
            // A default inside a type that rules share with defaults; only here does it hold.
            ((ObjectNode) field(schema, "spec.defaults.key.query"))
                    .putObject("default")
                    .put("mode", "All");
            // Text that is no quantity could not even be read, and with it the list of all policies.
            List.of("requests", "limits")
                    .forEach(name -> ((ObjectNode) field(schema, "spec.proxy.resources." + name)
                                    .get("additionalProperties"))
                            .put("pattern", Patterns.QUANTITY));
        }
        LIST_MAP_KEYS.get(kind).forEach((path, key) -> keyList((ObjectNode) field(schema, path), key));
        polish(schema);
    }

    private static void orderColumns(ObjectNode version, List<String> names) {
        ArrayNode columns = (ArrayNode) version.get("additionalPrinterColumns");
        List<JsonNode> ordered = StreamSupport.stream(columns.spliterator(), false)
                .sorted(Comparator.comparingInt(
                        column -> names.indexOf(column.get("name").asText())))
                .toList();
        columns.removeAll().addAll(ordered);
    }

    private static void describeConditions(ObjectNode schema) {
        ObjectNode condition = (ObjectNode) field(schema, "status.conditions").get("items");
        CONDITION_FIELDS.forEach(
                (name, text) -> ((ObjectNode) condition.get("properties").get(name)).put("description", text));
        ((ObjectNode) condition.at("/properties/status"))
                .putArray("enum")
                .add("True")
                .add("False")
                .add("Unknown");
        condition.putArray("required").add("type").add("status");
    }

    private static void keyList(ObjectNode list, String key) {
        list.putArray("x-kubernetes-list-map-keys").add(key);
        list.put("x-kubernetes-list-type", "map");
    }

    /** Walks the whole schema: whole numbers as such, defaults without what is empty, date-times by name. */
    private static void polish(ObjectNode schema) {
        wholeNumber(schema, "minimum");
        wholeNumber(schema, "maximum");
        if (schema.get("default") instanceof ObjectNode defaults) {
            dropEmpty(defaults);
        }
        if (schema.get("properties") instanceof ObjectNode properties) {
            properties.properties().forEach(property -> {
                if (DATE_TIMES.contains(property.getKey())) {
                    ((ObjectNode) property.getValue()).put("format", "date-time");
                }
                polish((ObjectNode) property.getValue());
            });
        }
        if (schema.get("items") instanceof ObjectNode items) {
            polish(items);
        }
    }

    private static void wholeNumber(ObjectNode schema, String bound) {
        JsonNode value = schema.get(bound);
        if (value != null && value.asDouble() == value.asLong()) {
            schema.put(bound, value.asLong());
        }
    }

    private static void dropEmpty(ObjectNode defaults) {
        defaults.properties()
                .removeIf(entry ->
                        entry.getValue().isContainerNode() && entry.getValue().isEmpty());
    }

    private static JsonNode field(JsonNode schema, String path) {
        JsonNode at = schema;
        for (String name : path.split("\\.")) {
            at = at.get("properties").get(name);
        }
        return at;
    }
}
