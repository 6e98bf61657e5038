package io.pagecache.standalone.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The part of every resource that a definition does not describe: kind, version and metadata. */
final class MetadataSchema {
    private static final String NAME = "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$";

    private static final List<String> TEXTS = List.of("generateName", "uid", "resourceVersion", "creationTimestamp");
    private static final List<String> MAPS = List.of("labels", "annotations");

    private MetadataSchema() {}

    /** A copy of the schema that also describes kind, version and metadata. */
    static JsonNode addTo(ObjectNode definition) {
        ObjectNode schema = definition.deepCopy();
        ObjectNode properties = (ObjectNode) schema.get("properties");
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        ObjectNode metadata = properties.putObject("metadata");
        metadata.put("type", "object").putArray("required").add("name");
        ObjectNode fields = metadata.putObject("properties");
        fields.putObject("name").put("type", "string").put("pattern", NAME).put("maxLength", 253);
        fields.putObject("namespace")
                .put("type", "string")
                .put("pattern", "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
                .put("maxLength", 63);
        fields.putObject("generation").put("type", "integer");
        TEXTS.forEach(name -> fields.putObject(name).put("type", "string"));
        MAPS.forEach(name -> fields.putObject(name)
                .put("type", "object")
                .putObject("additionalProperties")
                .put("type", "string"));
        for (String opaque : List.of("ownerReferences", "managedFields", "finalizers")) {
            fields.putObject(opaque).put("x-kubernetes-preserve-unknown-fields", true);
        }
        schema.withArray("required").add("metadata");
        return schema;
    }
}
