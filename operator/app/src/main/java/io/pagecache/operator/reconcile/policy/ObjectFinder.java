package io.pagecache.operator.reconcile.policy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pagecache.operator.compile.ReferencedObject;
import io.pagecache.operator.resolve.FoundObject;
import java.net.HttpURLConnection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for objects that a policy names, by name: nothing is listed or watched, and of a Secret only the names of its keys are
 * kept.
 */
final class ObjectFinder {
    private final KubernetesClient client;
    private final String namespace;

    ObjectFinder(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    FoundObject find(ReferencedObject object) {
        try {
            return switch (object.kind()) {
                case SECRET -> secret(object.name());
                case CONFIG_MAP -> configMap(object.name());
                case VOLUME_CLAIM -> claim(object.name());
            };
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return new FoundObject.Forbidden();
            }
            throw e;
        }
    }

    private FoundObject secret(String name) {
        Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
        return secret == null ? new FoundObject.Absent() : new FoundObject.Present(keys(secret.getData(), null));
    }

    private FoundObject configMap(String name) {
        ConfigMap map =
                client.configMaps().inNamespace(namespace).withName(name).get();
        return map == null
                ? new FoundObject.Absent()
                : new FoundObject.Present(keys(map.getData(), map.getBinaryData()));
    }

    private FoundObject claim(String name) {
        PersistentVolumeClaim claim = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get();
        return claim == null ? new FoundObject.Absent() : new FoundObject.Closed();
    }

    private static Set<String> keys(@Nullable Map<String, String> data, @Nullable Map<String, String> binary) {
        Set<String> keys = new HashSet<>();
        if (data != null) {
            keys.addAll(data.keySet());
        }
        if (binary != null) {
            keys.addAll(binary.keySet());
        }
        return keys;
    }
}
