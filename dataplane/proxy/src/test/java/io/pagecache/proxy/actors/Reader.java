package io.pagecache.proxy.actors;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Asks for one page again and again on one connection, until a reply says that it is the last, or something breaks. */
public final class Reader {
    private final AtomicLong served = new AtomicLong();
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private Reader() {}

    public static Reader begins(int port, String target) {
        Reader reader = new Reader();
        Thread.ofPlatform().daemon().name("reader").start(() -> reader.read(port, target));
        return reader;
    }

    /** Whole replies so far. */
    public long served() {
        return served.get();
    }

    /** All different bodies of whole replies. */
    public Set<String> bodies() {
        return bodies;
    }

    /** Why it has ended. */
    public String awaitEnd() throws Exception {
        return end.get(60, TimeUnit.SECONDS);
    }

    private void read(int port, String target) {
        byte[] request =
                "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".formatted(target).getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean last = false;
            while (!last) {
                socket.getOutputStream().write(request);
                String head = head(in);
                bodies.add(new String(body(in, head), StandardCharsets.UTF_8));
                served.incrementAndGet();
                last = head.contains("connection: close");
            }
            end.complete("told to go elsewhere");
        } catch (IOException | RuntimeException broken) {
            end.complete("broken after " + served + " replies: " + broken);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("closed in the middle of a head: " + head);
            }
            head.append((char) octet);
        }
        if (!head.toString().startsWith("HTTP/1.1 200 ")) {
            throw new IOException("not a page: " + head);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    private static byte[] body(InputStream in, String head) throws IOException {
        int at = head.indexOf("content-length: ");
        if (at < 0) {
            throw new IOException("no length: " + head);
        }
        int length = Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("closed after %d of %d octets".formatted(body.length, length));
        }
        return body;
    }
}
