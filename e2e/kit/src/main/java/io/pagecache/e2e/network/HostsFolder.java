package io.pagecache.e2e.network;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link HostsFile} for each namespace that has asked for one. */
public final class HostsFolder {
    private static final NameTable NO_NAMES = new NoNames();

    private final Path folder;
    private final Map<String, HostsFile> files = new ConcurrentHashMap<>();
    private volatile NameTable current = NO_NAMES;

    public HostsFolder(Path folder) {
        this.folder = folder;
    }

    /** The file of a namespace, kept up to date from now on. */
    public Path fileFor(String namespace) {
        HostsFile file = files.computeIfAbsent(namespace, name -> new HostsFile(folder.resolve("hosts-" + name), name));
        file.write(current);
        return file.path();
    }

    public void write(NameTable names) {
        current = names;
        files.values().forEach(file -> file.write(names));
    }

    private static final class NoNames implements NameTable {
        @Override
        public Optional<List<InetAddress>> addressesOf(String fullName) {
            return Optional.empty();
        }

        @Override
        public Map<String, List<InetAddress>> all() {
            return Map.of();
        }
    }
}
