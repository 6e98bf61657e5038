package io.pagecache.proxy.actors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends and sees bytes. */
public final class RawVisitor implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    public RawVisitor(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    public RawVisitor sends(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Everything so far, once it ends like this. */
    public String seesUntil(String end) throws IOException {
        while (!text().endsWith(end)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("closed before '" + end + "' came: " + text());
            }
            seen.write(next);
        }
        return text();
    }

    /** Everything up to the end of the connection. */
    public String seesAll() throws IOException {
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                seen.write(next);
            }
        } catch (java.net.SocketException reset) {
            // an end, too
        }
        return text();
    }

    private String text() {
        return seen.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
