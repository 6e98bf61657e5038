package io.pagecache.standalone.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagecache.api.v1alpha1.Crds;
import io.pagecache.api.v1alpha1.SchemaDefaults;
import java.util.List;

/** The schema of one kind, and what an API server does with a resource of that kind before it stores it. */
public final class ResourceSchema {
    private final JsonNode schema;
    private final SchemaValidator validator = new SchemaValidator();
    private final CelRules rules = new CelRules();

    private ResourceSchema(JsonNode schema) {
        this.schema = schema;
    }

    /** @param definition a CustomResourceDefinition with one version, as YAML */
    public static ResourceSchema of(String definition) {
        return new ResourceSchema(MetadataSchema.addTo((ObjectNode) Crds.schemaOf(definition)));
    }

    /**
     * Fills in defaults and validates, in the order of an API server: unknown fields, defaults, schema, and CEL rules
     * only for
     * what the schema allows.
     *
     * @param resource is changed: it gets the defaults
     * @return what is not allowed; empty when the resource would be stored
     */
    public List<Violation> admit(ObjectNode resource) {
        SchemaDefaults.fill(schema, resource);
        List<Violation> violations = validator.validate(schema, resource);
        return violations.isEmpty() ? rules.validate(schema, resource) : violations;
    }
}
