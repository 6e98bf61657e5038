package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * ConfigMaps and Secrets for pods. A starting container reads them from the API server, since a cache may lag behind the
 * change that the container was started for; the cache serves refreshes, and starts while the API server is away.
 */
public final class ClusterObjects implements AutoCloseable {
    private final KubernetesClient client;
    private final SharedIndexInformer<ConfigMap> configMaps;
    private final SharedIndexInformer<Secret> secrets;

    public ClusterObjects(KubernetesClient client, Runnable changed) {
        this.client = client;
        this.configMaps = client.configMaps().inAnyNamespace().inform(new Notice<>(changed));
        this.secrets = client.secrets().inAnyNamespace().inform(new Notice<>(changed));
    }

    Optional<ConfigMap> configMap(String namespace, String name, boolean latest) {
        return read(
                latest,
                configMaps,
                namespace,
                name,
                () -> client.configMaps().inNamespace(namespace).withName(name).get());
    }

    Optional<Secret> secret(String namespace, String name, boolean latest) {
        return read(
                latest,
                secrets,
                namespace,
                name,
                () -> client.secrets().inNamespace(namespace).withName(name).get());
    }

    private static <T extends HasMetadata> Optional<T> read(
            boolean latest,
            SharedIndexInformer<T> cache,
            String namespace,
            String name,
            Supplier<@Nullable T> fromServer) {
        if (latest) {
            try {
                return Optional.ofNullable(fromServer.get());
            } catch (KubernetesClientException e) {
                return cached(cache, namespace, name); // the server is away
            }
        }
        return cached(cache, namespace, name);
    }

    private static <T extends HasMetadata> Optional<T> cached(
            SharedIndexInformer<T> cache, String namespace, String name) {
        return Optional.ofNullable(cache.getIndexer().getByKey(Cache.namespaceKeyFunc(namespace, name)));
    }

    @Override
    public void close() {
        configMaps.close();
        secrets.close();
    }

    private record Notice<T>(Runnable changed) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T added) {
            changed.run();
        }

        @Override
        public void onUpdate(T before, T after) {
            changed.run();
        }

        @Override
        public void onDelete(T deleted, boolean finalStateUnknown) {
            changed.run();
        }
    }
}
