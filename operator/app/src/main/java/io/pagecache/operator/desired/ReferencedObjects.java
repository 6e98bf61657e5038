package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.pagecache.plan.FileRef;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.ValueStore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Secrets, ConfigMaps and volumes that the values of pages come from. They are mounted, so the operator need not be allowed to read
 * them, no secret stands in the plan, and the kubelet brings changes. What does not exist yet keeps no pod from starting, but for
 * volumes.
 *
 * @param folders {@code secret/NAME} and so on, in order
 */
record ReferencedObjects(List<String> folders) {
    static final String DIRECTORY = "/etc/pagecache/references";

    private static final int OWNER_AND_GROUP_READ = 0440;

    ReferencedObjects {
        folders = List.copyOf(folders);
    }

    static ReferencedObjects of(Pages pages) {
        TreeSet<String> folders = new TreeSet<>();
        for (Pages.Value value : pages.values()) {
            switch (value.source()) {
                case ValueSource.Cookie cookie -> add(folders, cookie.secret());
                case ValueSource.GeoDatabase(FileRef file) -> add(folders, file);
                case ValueSource.Messages messages ->
                    folders.add(folder(FileRef.Kind.CONFIG_MAP, messages.configMap()));
                default -> {}
            }
        }
        for (ValueStore store : pages.stores()) {
            if (store.kind() instanceof ValueStore.Redis redis) {
                add(folders, redis.password());
            }
        }
        return new ReferencedObjects(List.copyOf(folders));
    }

    private static void add(TreeSet<String> folders, @Nullable FileRef file) {
        if (file != null) {
            folders.add(folder(file.kind(), file.name()));
        }
    }

    private static String folder(FileRef.Kind kind, String name) {
        return kind.folder() + "/" + name;
    }

    boolean areNone() {
        return folders.isEmpty();
    }

    List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            mounts.add(new VolumeMountBuilder()
                    .withName(volumeName(i))
                    .withMountPath(DIRECTORY + "/" + folders.get(i))
                    .withReadOnly(true)
                    .build());
        }
        return mounts;
    }

    List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            volumes.add(volume(volumeName(i), folders.get(i)));
        }
        return volumes;
    }

    /** Objects may have longer names than volumes. */
    private static String volumeName(int index) {
        return "reference-" + index;
    }

    private static Volume volume(String volumeName, String folder) {
        int slash = folder.indexOf('/');
        String kind = folder.substring(0, slash);
        String name = folder.substring(slash + 1);
        VolumeBuilder volume = new VolumeBuilder().withName(volumeName);
        if (kind.equals(FileRef.Kind.SECRET.folder())) {
            return volume.withNewSecret()
                    .withSecretName(name)
                    .withDefaultMode(OWNER_AND_GROUP_READ)
                    .withOptional(true)
                    .endSecret()
                    .build();
        }
        if (kind.equals(FileRef.Kind.CONFIG_MAP.folder())) {
            return volume.withNewConfigMap()
                    .withName(name)
                    .withOptional(true)
                    .endConfigMap()
                    .build();
        }
        return volume.withNewPersistentVolumeClaim()
                .withClaimName(name)
                .withReadOnly(true)
                .endPersistentVolumeClaim()
                .build();
    }
}
