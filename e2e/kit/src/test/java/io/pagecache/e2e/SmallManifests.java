package io.pagecache.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The objects that the kit's own tests make. */
final class SmallManifests {
    private SmallManifests() {}

    static List<HasMetadata> application(String namespace, String name, int replicas) {
        return objects(read("application")
                .replace("NAMESPACE", namespace)
                .replace("REPLICAS", Integer.toString(replicas))
                .replaceAll("(?<![A-Z_])NAME(?![A-Z_])", name));
    }

    /** The objects of a file of this folder, in a namespace. */
    static List<HasMetadata> of(String file, String namespace) {
        return objects(read(file).replace("NAMESPACE", namespace));
    }

    private static List<HasMetadata> objects(String yaml) {
        return Stream.of(yaml.split("---\n"))
                .map(part -> (HasMetadata) Serialization.unmarshal(part))
                .toList();
    }

    private static String read(String file) {
        try (InputStream yaml = SmallManifests.class.getResourceAsStream(file + ".yaml")) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pod of one container with one argument. */
    static Pod pod(String namespace, String name, String image, String argument) {
        Pod pod = Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {}
                spec:
                  containers: [{ name: main }]
                """, Pod.class);
        pod.getMetadata().setNamespace(namespace);
        pod.getMetadata().setName(name);
        pod.getSpec().getContainers().getFirst().setImage(image);
        pod.getSpec().getContainers().getFirst().setArgs(List.of(argument));
        return pod;
    }
}
