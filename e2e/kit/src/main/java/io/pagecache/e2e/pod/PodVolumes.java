package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Volume;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod's volumes as folders of this machine. */
final class PodVolumes {
    private final List<Volume> declared;
    private final Path root;
    private final VolumeReader reader;
    private final Map<String, VolumeFolder> folders = new HashMap<>();

    PodVolumes(List<Volume> declared, Path root, VolumeReader reader) {
        this.declared = declared;
        this.root = root;
        this.reader = reader;
    }

    /** Makes every volume; may be called again after it was blocked. */
    void prepare() throws StartBlocked {
        for (Volume volume : declared) {
            VolumeFolder folder = folderOf(volume);
            if (VolumeReader.isRead(volume)) {
                folder.write(reader.read(volume, true));
            } else if (volume.getEmptyDir() == null && volume.getHostPath() == null) {
                throw new StartBlocked(
                        "ContainerCreating", "volume " + volume.getName() + " is of an unsupported kind");
            }
        }
    }

    /** Brings files up to date with the cluster; what has gone missing leaves the last good files in place. */
    void refresh() {
        for (Volume volume : declared) {
            if (VolumeReader.isRead(volume)) {
                try {
                    folderOf(volume).write(reader.read(volume, false));
                } catch (StartBlocked kept) {
                    continue;
                }
            }
        }
    }

    /** Where a volume's files are. */
    Optional<Path> folder(String name) {
        return declared.stream()
                .filter(volume -> volume.getName().equals(name))
                .map(volume -> volume.getHostPath() != null
                        ? Path.of(volume.getHostPath().getPath())
                        : folderOf(volume).root())
                .findFirst();
    }

    private VolumeFolder folderOf(Volume volume) {
        return folders.computeIfAbsent(volume.getName(), name -> new VolumeFolder(root.resolve(name)));
    }
}
