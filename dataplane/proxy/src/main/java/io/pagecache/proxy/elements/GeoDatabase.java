package io.pagecache.proxy.elements;

import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import io.pagecache.http.PageRequest;
import io.pagecache.template.ElementProvider;
import io.pagecache.template.PageValue;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What a database in MaxMind's format knows about clients' addresses. Follows the file; the last good one stays in use. */
final class GeoDatabase implements ElementProvider {
    private static final Logger LOG = Logger.getLogger(GeoDatabase.class);

    private record Stamp(Path file, long modified, long size) {}

    private final Path path;
    private @Nullable Stamp seen;
    private volatile @Nullable Reader reader;

    GeoDatabase(Path path) {
        this.path = path;
        look();
    }

    /** Mapped into memory, not read; a database that is replaced stays mapped until nobody uses it. */
    void look() {
        try {
            Path real = path.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            Stamp now = new Stamp(real, attributes.lastModifiedTime().toMillis(), attributes.size());
            if (!now.equals(seen)) {
                seen = now;
                reader = new Reader(real.toFile(), FileMode.MEMORY_MAPPED);
            }
        } catch (IOException | RuntimeException e) {
            if (reader == null || seen != null) {
                LOG.debugf("%s cannot be used: %s", path, e.getMessage());
            }
        }
    }

    @Override
    public CompletionStage<PageValue> lookUp(PageRequest request) {
        Reader database = reader;
        byte[] address = request.client().bytes();
        return CompletableFuture.completedFuture(
                database == null || address.length == 0 ? PageValue.MISSING : found(database, address));
    }

    private static PageValue found(Reader database, byte[] address) {
        try {
            return PageValue.of(database.get(InetAddress.getByAddress(address), Map.class));
        } catch (IOException | RuntimeException damaged) {
            return PageValue.MISSING;
        }
    }
}
