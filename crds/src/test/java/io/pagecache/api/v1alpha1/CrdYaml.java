package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The CRD of each kind as the YAML that is committed: what the generator makes of the records, refined by {@link
 * CrdRefinement}.
 */
final class CrdYaml {
    private static final ObjectMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private CrdYaml() {}

    static String of(Class<? extends HasMetadata> kind) throws IOException {
        ObjectNode crd = (ObjectNode) YAML.readTree(generate(kind));
        CrdRefinement.refine(crd);
        return YAML.writeValueAsString(crd);
    }

    private static String generate(Class<? extends HasMetadata> kind) throws IOException {
        try (var output = new InMemoryOutput()) {
            new CRDGenerator()
                    .customResourceClasses(kind)
                    .forCRDVersions("v1")
                    .withParallelGenerationEnabled(false)
                    .withOutput(output)
                    .generate();
            return output.only();
        }
    }

    private static final class InMemoryOutput implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

        String only() {
            return written.values().iterator().next().toString(StandardCharsets.UTF_8);
        }

        @Override
        public ByteArrayOutputStream outputFor(String name) {
            return written.computeIfAbsent(name, ignored -> new ByteArrayOutputStream());
        }

        @Override
        public URI crdURI(String name) {
            return URI.create("file:///" + name);
        }

        @Override
        public void close() {}
    }
}
