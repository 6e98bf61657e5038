package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;

/**
 * Head of an answer over HTTP/2.
 *
 * @param fields as the library takes them
 * @param block the same, compressed without a table (RFC 7541 section 6.2.3): the octets fit every connection, whatever its table holds
 */
record StreamHead(Http2Headers fields, byte[] block) {
    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;

    /** Of one frame, unless both sides agreed on more (RFC 9113 section 4.2). */
    static final int MAX_FRAME = Http2CodecUtil.MAX_FRAME_SIZE_LOWER_BOUND;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    StreamHead {}

    static StreamHead of(Http2Headers fields, ByteBufAllocator allocator) {
        ByteBuf out = allocator.heapBuffer();
        try (DefaultHttp2HeadersEncoder encoder =
                new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.ALWAYS_SENSITIVE, false)) {
            encoder.encodeHeaders(1, fields, out);
            byte[] block = new byte[out.readableBytes()];
            out.readBytes(block);
            return new StreamHead(fields, block);
        } catch (Http2Exception tooLong) {
            throw new IllegalArgumentException("head of an answer cannot be compressed", tooLong);
        } finally {
            out.release();
        }
    }

    /** Whether the whole head is one frame on every connection. */
    boolean isOneFrame() {
        return block.length <= MAX_FRAME;
    }

    /** The frame of the head, and the header of the first frame of the body if there is one. */
    ByteBuf frame(ByteBufAllocator allocator, int stream, int bodyBytes) {
        ByteBuf frame = allocator.directBuffer(2 * Http2CodecUtil.FRAME_HEADER_LENGTH + block.length);
        int flags = bodyBytes == 0 ? END_HEADERS | END_STREAM : END_HEADERS;
        writeFrameHeader(frame, block.length, Http2FrameTypes.HEADERS, flags, stream);
        frame.writeBytes(block);
        if (bodyBytes > 0) {
            writeDataHeader(frame, stream, bodyBytes);
        }
        return frame;
    }

    /** @param left octets of the body that have not been sent */
    static ByteBuf writeDataHeader(ByteBuf out, int stream, int left) {
        int flags = left <= MAX_FRAME ? END_STREAM : 0;
        writeFrameHeader(out, Math.min(left, MAX_FRAME), Http2FrameTypes.DATA, flags, stream);
        return out;
    }

    private static void writeFrameHeader(ByteBuf out, int length, byte type, int flags, int stream) {
        out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
    }
}
