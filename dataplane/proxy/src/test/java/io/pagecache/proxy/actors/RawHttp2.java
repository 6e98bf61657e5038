package io.pagecache.proxy.actors;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Speaks HTTP/2 frame by frame, and says what no library would. */
public final class RawHttp2 implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private static final int PATIENCE_MILLIS = 30_000;

    /** A frame from the server. */
    public record Frame(int type, int flags, int stream, byte[] payload) {

        /** Of RST_STREAM and GOAWAY. */
        public int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? Integer.BYTES : 0);
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    /** @param settings payload of the SETTINGS frame that follows the preface */
    public RawHttp2(int port, byte... settings) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, settings);
    }

    public void send(int type, int flags, int stream, byte... payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
    }

    /** As long as the server lets us; it may have closed already. */
    public void flood(int times, Sending one) {
        try {
            for (int i = 0; i < times; i++) {
                one.send(i);
            }
        } catch (IOException closed) {
            // what happened is read from what it sent before
        }
    }

    public interface Sending {
        void send(int round) throws IOException;
    }

    /** A header block of names and values, one after the other, without any compression. */
    public static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            text(block, fields[i]);
            text(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            while (rest >= 128) {
                block.write(rest % 128 + 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** What a request needs, for this path. */
    public static byte[] get(String path) {
        return block(":method", "GET", ":scheme", "http", ":path", path, ":authority", "www.example.com");
    }

    /** The next frame of one of these types, of which those that come between are skipped; null at the end. */
    public Frame next(int... types) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame == null) {
                return null;
            }
            for (int type : types) {
                if (frame.type() == type) {
                    return frame;
                }
            }
        }
    }

    private Frame read() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            return new Frame(type, flags, stream, in.readNBytes(length));
        } catch (EOFException | java.net.SocketException end) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
