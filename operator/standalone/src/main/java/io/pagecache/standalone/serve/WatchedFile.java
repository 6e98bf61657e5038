package io.pagecache.standalone.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file whose content is compared with what was read before. Reading it again finds every way of saving: in place, by
 * rename and
 * by a changed symbolic link, which file events do not. A policy is small.
 */
final class WatchedFile {
    private final Path path;
    private String known;

    private WatchedFile(Path path, String known) {
        this.path = path;
        this.known = known;
    }

    static WatchedFile open(Path path) throws IOException {
        return new WatchedFile(path, Files.readString(path));
    }

    String content() {
        return known;
    }

    /** The new content if it has changed; a file that is away for a moment has not changed. */
    Optional<String> change() throws IOException {
        try {
            String now = Files.readString(path);
            if (now.equals(known) || now.isBlank()) {
                return Optional.empty(); // an editor empties a file before it writes it
            }
            known = now;
            return Optional.of(now);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
