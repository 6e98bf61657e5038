package io.pagecache.e2e.pod;

import io.pagecache.e2e.process.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A volume's files, exchanged all at once as a kubelet does it: the files are in a folder of their own, {@code ..data} is a
 * link to it, each name is a link through {@code ..data}, and an update renames a new {@code ..data} over the old.
 */
final class VolumeFolder {
    private static final String CURRENT = "..data";

    private final Path root;
    private Map<String, VolumeFile> written = Map.of();
    private int version;

    VolumeFolder(Path root) {
        this.root = root;
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    /** Writes these files unless they are there already. */
    void write(Map<String, VolumeFile> files) {
        if (version > 0 && files.equals(written)) {
            return;
        }
        try {
            Path before = root.resolve(CURRENT);
            Path old = Files.exists(before) ? before.toRealPath() : null;
            Path folder = Files.createDirectory(root.resolve("..v" + ++version));
            for (Map.Entry<String, VolumeFile> file : files.entrySet()) {
                writeFile(folder.resolve(file.getKey()), file.getValue());
            }
            Path link = Files.createSymbolicLink(root.resolve("..data_new"), folder.getFileName());
            Files.move(link, before, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            linkNames(files.keySet().stream().map(VolumeFolder::topName).collect(Collectors.toSet()));
            if (old != null) {
                WorkFolder.deleteTree(old);
            }
            written = files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeFile(Path path, VolumeFile file) throws IOException {
        Files.createDirectories(path.getParent());
        Files.write(path, file.bytes());
        Files.setPosixFilePermissions(path, permissions(file.mode()));
    }

    private void linkNames(Set<String> names) throws IOException {
        try (Stream<Path> present = Files.list(root)) {
            for (Path link : present.filter(Files::isSymbolicLink).toList()) {
                String name = link.getFileName().toString();
                if (!name.equals(CURRENT) && !names.contains(name)) {
                    Files.delete(link);
                }
            }
        }
        for (String name : names) {
            Path link = root.resolve(name);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of(CURRENT, name));
            }
        }
    }

    private static String topName(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromHighestBit = PosixFilePermission.values();
        for (int bit = 0; bit < fromHighestBit.length; bit++) {
            if ((mode >> (fromHighestBit.length - 1 - bit) & 1) == 1) {
                permissions.add(fromHighestBit[bit]);
            }
        }
        return permissions;
    }
}
