package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The custom resource definitions as YAML: the same text that the chart installs. */
public final class Crds {
    private static final String FOLDER = "/META-INF/pagecache/crds/";

    private Crds() {}

    public static String policy() {
        return read("pagecachepolicies.pagecache.io.yaml");
    }

    public static String purge() {
        return read("pagecachepurges.pagecache.io.yaml");
    }

    public static List<String> all() {
        return List.of(policy(), purge());
    }

    /** The schema of a definition's only version. */
    public static JsonNode schemaOf(String definition) {
        try {
            return new YAMLMapper().readTree(definition).at("/spec/versions/0/schema/openAPIV3Schema");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the custom resource definition is no YAML", e);
        }
    }

    private static String read(String name) {
        try (InputStream in = Crds.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
