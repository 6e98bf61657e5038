package io.pagecache.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** A client in a pod: finds the API server and its own rights as every operator does. */
final class InClusterReader {
    private InClusterReader() {}

    public static void main(String[] args) {
        Config found = Config.autoConfigure(null);
        System.out.println("namespace=" + found.getNamespace());
        read(found);
        read(new ConfigBuilder(found)
                .withMasterUrl("https://kubernetes.default.svc")
                .build());
    }

    private static void read(Config config) {
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            int found = client.configMaps()
                    .inNamespace(config.getNamespace())
                    .list()
                    .getItems()
                    .size();
            System.out.println("configmaps=" + (found > 0));
            client.secrets().inNamespace(config.getNamespace()).list();
            System.out.println("secrets=readable");
        } catch (KubernetesClientException e) {
            System.out.println("secrets=" + e.getCode());
        }
    }
}
