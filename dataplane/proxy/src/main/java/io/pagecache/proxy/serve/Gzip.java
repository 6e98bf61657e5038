package io.pagecache.proxy.serve;

import io.pagecache.http.Body;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The gzip form of a page and back. */
public final class Gzip {
    /** What a page may grow to, as a multiple of its gzip form: text seldom reaches 20. */
    private static final long MOST_RATIO = 200;

    private static final long ALWAYS_ALLOWED = 64 * 1024;

    private Gzip() {}

    static byte[] compress(byte[] identity) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(identity.length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8 * 1024)) {
            gzip.write(identity);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return out.toByteArray();
    }

    /** For what is sent once: at the lowest level, in about a third of the time. */
    static byte[] compressQuickly(List<Body> pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8 * 1024);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8 * 1024) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            for (Body piece : pieces) {
                gzip.write(piece.toArray());
            }
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return out.toByteArray();
    }

    /** The identity form, or null when the bytes are not gzip or would grow beyond the limit. */
    public static byte @Nullable [] decompress(byte[] gzip, long limit) {
        long most = Math.min(limit, Math.max(ALWAYS_ALLOWED, gzip.length * MOST_RATIO));
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.min(gzip.length * 4L, most));
        byte[] buffer = new byte[16 * 1024];
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                if (out.size() > most) {
                    return null;
                }
            }
            return out.toByteArray();
        } catch (IOException notGzip) {
            return null;
        }
    }
}
