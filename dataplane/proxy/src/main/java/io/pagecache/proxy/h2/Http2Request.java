package io.pagecache.proxy.h2;

import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to be known of a request beyond what the library says of it, when it came over HTTP/2. */
public final class Http2Request {
    private Http2Request() {}

    public static boolean is(HttpServerRequest wire) {
        return wire.version() == HttpVersion.HTTP_2;
    }

    /** Whether more than the head belongs to it; to be asked on its event loop, when it arrives. */
    public static boolean hasBody(HttpServerRequest wire) {
        Http2Stream stream = stream(wire);
        return stream != null && stream.state().remoteSideOpen();
    }

    private static @Nullable Http2Stream stream(HttpServerRequest wire) {
        if (!(wire.connection() instanceof ConnectionBase connection)) {
            return null;
        }
        Http2ConnectionHandler library = connection.channel().pipeline().get(Http2ConnectionHandler.class);
        return library == null ? null : library.connection().stream(wire.streamId());
    }

    /**
     * Whether the fields could be sent on as HTTP/1 and mean the same (RFC 9113 sections 8.2.1 and 8.2.2). The library has looked
     * at pseudo-fields and upper case; here each octet is looked at once more.
     */
    public static boolean isWellFormed(HttpServerRequest wire) {
        if (!isToken(wire.method().name()) || !isVisible(wire.uri())) {
            return false;
        }
        for (Map.Entry<String, String> field : wire.headers()) {
            if (!isToken(field.getKey()) || !isFieldValue(field.getValue()) || isOfTheConnection(field)) {
                return false;
            }
        }
        return true;
    }

    /** A stream error of type PROTOCOL_ERROR (RFC 9113 section 8.1.1). */
    public static void refuse(HttpServerRequest wire) {
        wire.response().reset(Http2Error.PROTOCOL_ERROR.code());
    }

    /** What is left of a body that was answered without being read (RFC 9113 section 8.1). */
    public static void stopBody(HttpServerRequest wire) {
        wire.response().reset(Http2Error.NO_ERROR.code());
    }

    private static boolean isOfTheConnection(Map.Entry<String, String> field) {
        return switch (field.getKey()) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" -> true;
            case "te" -> !field.getValue().equals("trailers");
            default -> isAmbiguous(field.getKey());
        };
    }

    /** The names that other servers take for those that frame a message. */
    private static boolean isAmbiguous(String name) {
        return name.equals("content_length") || name.equals("transfer_encoding");
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isFieldValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        return text.isEmpty() || !isBlank(text.charAt(0)) && !isBlank(text.charAt(text.length() - 1));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
