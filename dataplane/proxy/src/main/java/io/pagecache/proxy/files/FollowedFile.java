package io.pagecache.proxy.files;

import java.io.IOException;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What a file means, read again whenever it changes. A file that is gone or makes no sense leaves the last good meaning. */
public final class FollowedFile<T> {
    private static final Logger LOG = Logger.getLogger(FollowedFile.class);

    /** Takes the meaning from the bytes. */
    public interface Reader<T> {
        /** @throws IOException when they make no sense; the message says why and what was expected */
        T read(byte[] content) throws IOException;
    }

    private final Path path;
    private final WatchedFile file;
    private final Reader<T> reader;
    private volatile @Nullable T current;

    /** Reads the file at once, if it is there. */
    public FollowedFile(Path path, Reader<T> reader) {
        this.path = path;
        this.file = new WatchedFile(path);
        this.reader = reader;
        look();
    }

    /** Takes up a change, if there was one. Blocks for the reading. */
    public synchronized void look() {
        try {
            byte[] content = file.changed();
            if (content != null) {
                current = reader.read(content);
            }
        } catch (IOException e) {
            LOG.warnf("%s cannot be used: %s", path, e.getMessage());
        }
    }

    /** Null as long as the file was never there. */
    public @Nullable T current() {
        return current;
    }
}
