package io.pagecache.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pagecache.api.v1alpha1.Crds;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.SchemaDefaults;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Policies as an API server hands them out: with the schema's defaults, a namespace and a uid. */
public final class Policies {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonNode SCHEMA = Crds.schemaOf(Crds.policy());

    private Policies() {}

    public static PageCachePolicy read(String text) {
        try {
            JsonNode resource = YAML.readTree(text);
            SchemaDefaults.fill(SCHEMA, resource);
            PageCachePolicy policy = YAML.treeToValue(resource, PageCachePolicy.class);
            policy.getMetadata().setNamespace("web");
            policy.getMetadata().setUid("6f9619ff-8b86-d011-b42d-00c04fc964ff");
            policy.getMetadata().setGeneration(1L);
            return policy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shop's policy with this text under {@code spec}, besides an origin. */
    public static PageCachePolicy shop(String fields) {
        return read("""
                apiVersion: pagecache.io/v1alpha1
                kind: PageCachePolicy
                metadata: { name: shop }
                spec:
                  origin: { backendRef: { name: shop, port: 8080 } }
                """ + fields.indent(2));
    }
}
