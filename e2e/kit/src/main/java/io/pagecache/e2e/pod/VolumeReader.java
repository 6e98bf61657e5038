package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the files of a pod's ConfigMap, Secret, downward API and projected volumes hold at this moment. */
final class VolumeReader {
    private static final int MODE = 0644;

    private final PodFields fields;
    private final ClusterObjects objects;
    private final ServiceAccountTokens tokens;

    VolumeReader(PodFields fields, ClusterObjects objects, ServiceAccountTokens tokens) {
        this.fields = fields;
        this.objects = objects;
        this.tokens = tokens;
    }

    /** Whether the volume's files come from the cluster, rather than from the container. */
    static boolean isRead(Volume volume) {
        return volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getDownwardAPI() != null
                || volume.getProjected() != null;
    }

    Map<String, VolumeFile> read(Volume volume, boolean latest) throws StartBlocked {
        Map<String, VolumeFile> files = new TreeMap<>();
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            int mode = mode(source.getDefaultMode(), MODE);
            addConfigMap(files, source.getName(), source.getItems(), source.getOptional(), mode, latest);
        } else if (volume.getSecret() != null) {
            var source = volume.getSecret();
            int mode = mode(source.getDefaultMode(), MODE);
            addSecret(files, source.getSecretName(), source.getItems(), source.getOptional(), mode, latest);
        } else if (volume.getDownwardAPI() != null) {
            addFields(
                    files,
                    volume.getDownwardAPI().getItems(),
                    mode(volume.getDownwardAPI().getDefaultMode(), MODE));
        } else {
            int mode = mode(volume.getProjected().getDefaultMode(), MODE);
            for (VolumeProjection source : volume.getProjected().getSources()) {
                addProjection(files, source, mode, latest);
            }
        }
        return files;
    }

    private void addProjection(Map<String, VolumeFile> files, VolumeProjection source, int mode, boolean latest)
            throws StartBlocked {
        if (source.getConfigMap() != null) {
            var from = source.getConfigMap();
            addConfigMap(files, from.getName(), from.getItems(), from.getOptional(), mode, latest);
        }
        if (source.getSecret() != null) {
            var from = source.getSecret();
            addSecret(files, from.getName(), from.getItems(), from.getOptional(), mode, latest);
        }
        if (source.getDownwardAPI() != null) {
            addFields(files, source.getDownwardAPI().getItems(), mode);
        }
        if (source.getServiceAccountToken() != null) {
            ServiceAccountTokenProjection wanted = source.getServiceAccountToken();
            files.put(wanted.getPath(), text(tokens.token(wanted), mode));
        }
    }

    private void addConfigMap(
            Map<String, VolumeFile> files,
            String name,
            @Nullable List<KeyToPath> items,
            @Nullable Boolean optional,
            int mode,
            boolean latest)
            throws StartBlocked {
        Optional<ConfigMap> found = objects.configMap(namespace(), name, latest);
        if (found.isEmpty()) {
            refuseUnlessOptional("ConfigMap " + name, optional);
            return;
        }
        Map<String, byte[]> content = new TreeMap<>();
        orEmpty(found.get().getData())
                .forEach((key, value) -> content.put(key, value.getBytes(StandardCharsets.UTF_8)));
        orEmpty(found.get().getBinaryData())
                .forEach((key, value) -> content.put(key, Base64.getDecoder().decode(value)));
        addItems(files, content, items, mode, "ConfigMap " + name, optional);
    }

    private void addSecret(
            Map<String, VolumeFile> files,
            String name,
            @Nullable List<KeyToPath> items,
            @Nullable Boolean optional,
            int mode,
            boolean latest)
            throws StartBlocked {
        Optional<Secret> found = objects.secret(namespace(), name, latest);
        if (found.isEmpty()) {
            refuseUnlessOptional("Secret " + name, optional);
            return;
        }
        Map<String, byte[]> content = new TreeMap<>();
        orEmpty(found.get().getData())
                .forEach((key, value) -> content.put(key, Base64.getDecoder().decode(value)));
        addItems(files, content, items, mode, "Secret " + name, optional);
    }

    private static void addItems(
            Map<String, VolumeFile> files,
            Map<String, byte[]> content,
            @Nullable List<KeyToPath> items,
            int mode,
            String origin,
            @Nullable Boolean optional)
            throws StartBlocked {
        if (items == null || items.isEmpty()) {
            content.forEach((key, value) -> files.put(key, VolumeFile.of(value, mode)));
            return;
        }
        for (KeyToPath item : items) {
            byte[] value = content.get(item.getKey());
            if (value == null) {
                refuseUnlessOptional("key " + item.getKey() + " of " + origin, optional);
            } else {
                files.put(item.getPath(), VolumeFile.of(value, mode(item.getMode(), mode)));
            }
        }
    }

    private void addFields(Map<String, VolumeFile> files, List<DownwardAPIVolumeFile> items, int mode)
            throws StartBlocked {
        for (DownwardAPIVolumeFile item : items) {
            String value = item.getFieldRef() != null
                    ? fields.field(item.getFieldRef().getFieldPath())
                    : fields.resource(
                            container(item.getResourceFieldRef().getContainerName()), item.getResourceFieldRef());
            files.put(item.getPath(), text(value, mode(item.getMode(), mode)));
        }
    }

    private Container container(String name) throws StartBlocked {
        return fields.pod().getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new StartBlocked("CreateContainerConfigError", "no container " + name));
    }

    private String namespace() {
        return fields.pod().getMetadata().getNamespace();
    }

    private static VolumeFile text(String value, int mode) {
        return VolumeFile.of(value.getBytes(StandardCharsets.UTF_8), mode);
    }

    private static int mode(@Nullable Integer declared, int otherwise) {
        return declared == null ? otherwise : declared;
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    private static void refuseUnlessOptional(String what, @Nullable Boolean optional) throws StartBlocked {
        if (!Boolean.TRUE.equals(optional)) {
            throw new StartBlocked("ContainerCreating", what + " not found");
        }
    }
}
