package io.pagecache.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;

/** The objects that the kit's own tests make. */
final class SmallManifests {
    private static final String APPLICATION =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: NAME, namespace: NAMESPACE }
            data: { mode: from-config }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: NAME, namespace: NAMESPACE }
            spec:
              selector: { app: NAME }
              ports: [{ name: http, port: 80, targetPort: http }]
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: NAME-pods, namespace: NAMESPACE }
            spec:
              clusterIP: None
              selector: { app: NAME }
              ports: [{ name: http, port: 8080 }]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: NAME, namespace: NAMESPACE }
            spec:
              replicas: REPLICAS
              strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
              selector: { matchLabels: { app: NAME } }
              template:
                metadata: { labels: { app: NAME } }
                spec:
                  terminationGracePeriodSeconds: 15
                  containers:
                    - name: server
                      image: small-server:1
                      args: ["--name=$(POD_NAME)"]
                      ports: [{ name: http, containerPort: 8080 }]
                      resources: { limits: { memory: 64Mi } }
                      readinessProbe: { httpGet: { path: /name, port: http }, periodSeconds: 1 }
                      lifecycle: { preStop: { sleep: { seconds: 1 } } }
                      env:
                        - { name: POD_IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
                        - { name: POD_NAME, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
                        - { name: PATH_TO_SELF, value: /$(POD_NAME) }
                        - { name: LABEL, valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } }
                        - { name: MODE, valueFrom: { configMapKeyRef: { name: NAME, key: mode } } }
                        - { name: MEMORY, valueFrom: { resourceFieldRef: { resource: limits.memory } } }
                      volumeMounts: [{ name: config, mountPath: /etc/small }, { name: tmp, mountPath: /tmp }]
                  volumes:
                    - { name: config, configMap: { name: NAME } }
                    - { name: tmp, emptyDir: {} }
            """;

    private SmallManifests() {}

    static List<HasMetadata> application(String namespace, String name, int replicas) {
        String yaml = APPLICATION
                .replace("NAMESPACE", namespace)
                .replace("REPLICAS", Integer.toString(replicas))
                .replace("\"NAME\"", name);
        return Stream.of(yaml.split("---\n"))
                .map(part -> part.replaceAll("(?<![A-Z_])NAME(?![A-Z_])", name))
                .map(part -> (HasMetadata) Serialization.unmarshal(part))
                .toList();
    }

    /** A pod of one container with one argument. */
    static Pod pod(String namespace, String name, String image, String argument) {
        Pod pod = Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {}
                spec:
                  containers: [{ name: main }]
                """,
                Pod.class);
        pod.getMetadata().setNamespace(namespace);
        pod.getMetadata().setName(name);
        pod.getSpec().getContainers().getFirst().setImage(image);
        pod.getSpec().getContainers().getFirst().setArgs(List.of(argument));
        return pod;
    }
}
