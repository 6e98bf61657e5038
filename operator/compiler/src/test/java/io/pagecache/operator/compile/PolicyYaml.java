package io.pagecache.operator.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pagecache.api.v1alpha1.Crds;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.SchemaDefaults;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Policies as an API server hands them out: with the schema's defaults. */
public final class PolicyYaml {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonNode SCHEMA = Crds.schemaOf(Crds.policy());

    private PolicyYaml() {}

    public static PageCachePolicy read(String text) {
        try {
            JsonNode resource = YAML.readTree(text);
            SchemaDefaults.fill(SCHEMA, resource);
            PageCachePolicy policy = YAML.treeToValue(resource, PageCachePolicy.class);
            policy.getMetadata().setNamespace("web");
            return policy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A policy with this text under {@code spec}, besides an origin. */
    public static PageCachePolicy withSpec(String fields) {
        return read("""
                apiVersion: pagecache.io/v1alpha1
                kind: PageCachePolicy
                metadata: { name: shop }
                spec:
                  origin: { backendRef: { name: shop, port: 8080 } }
                """ + fields.indent(2));
    }
}
