package io.pagecache.proxy.origin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The authorities of our own that an origin's certificate may come from: a PEM file, looked at again and again. Without a file
 * nobody is believed.
 */
public final class OriginAuthorities {
    private static final long MOST_BYTES = 1 << 20;

    private final @Nullable Path file;
    private volatile byte[] pem = new byte[0];

    /** @param file null when the process was given none */
    public OriginAuthorities(@Nullable Path file) {
        this.file = file;
    }

    /**
     * Reads the file. Blocks; called by one thread at a time.
     *
     * @return whether it has changed
     */
    public boolean look() {
        if (file == null) {
            return false;
        }
        byte[] now;
        try {
            now = Files.size(file) > MOST_BYTES ? pem : Files.readAllBytes(file);
        } catch (IOException notThere) {
            return false; // what was believed goes on being believed
        }
        boolean changed = !Arrays.equals(now, pem);
        pem = now;
        return changed;
    }

    TrustOptions trust() {
        byte[] known = pem;
        return known.length == 0
                ? TrustOptions.wrap(new NobodyTrusted())
                : new PemTrustOptions().addCertValue(Buffer.buffer(known));
    }
}
