package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The rare head that is not handed on as it came: absolute form becomes origin form, dropped fields are left out. */
final class HeadRewriter {
    private static final byte[] HOST = Octets.ascii("Host: ");
    private static final byte[] CRLF = {Octets.CR, Octets.LF};

    private HeadRewriter() {}

    /** A head with the same meaning for this server; to be released by the caller. */
    static ByteBuf rewrite(ByteBufAllocator allocator, byte[] bytes, RequestHead head) {
        ByteBuf out = allocator.buffer(head.end - head.start + HOST.length);
        if (head.isAbsoluteForm()) {
            out.writeBytes(bytes, head.start, head.methodEnd - head.start).writeByte(' ');
            writePath(out, bytes, head);
            int endOfLine = endOfRequestLine(bytes, head);
            out.writeBytes(bytes, head.targetEnd, endOfLine - head.targetEnd);
            out.writeBytes(HOST)
                    .writeBytes(bytes, head.authorityStart, head.authorityEnd - head.authorityStart)
                    .writeBytes(CRLF);
        } else {
            out.writeBytes(bytes, head.start, endOfRequestLine(bytes, head) - head.start);
        }
        for (int field = 0; field < head.fieldCount(); field++) {
            boolean replaced = head.isAbsoluteForm() && field == head.host();
            if (!replaced && !head.isDropped(field)) {
                writeField(out, bytes, head, field);
            }
        }
        return out.writeBytes(CRLF);
    }

    /** RFC 9112 section 3.2.1: an empty path is sent as {@code /}, with OPTIONS as {@code *} (section 3.2.4). */
    private static void writePath(ByteBuf out, byte[] bytes, RequestHead head) {
        if (head.pathStart == head.targetEnd) {
            out.writeByte(RequestTarget.isOptions(bytes, head) ? '*' : '/');
        } else if (bytes[head.pathStart] == '?') {
            out.writeByte('/');
        }
        out.writeBytes(bytes, head.pathStart, head.targetEnd - head.pathStart);
    }

    private static int endOfRequestLine(byte[] bytes, RequestHead head) {
        int i = head.targetEnd;
        while (bytes[i] != Octets.LF) {
            i++;
        }
        return i + 1;
    }

    private static void writeField(ByteBuf out, byte[] bytes, RequestHead head, int field) {
        out.writeBytes(bytes, head.nameStart(field), head.nameEnd(field) - head.nameStart(field))
                .writeByte(':')
                .writeByte(' ')
                .writeBytes(bytes, head.valueStart(field), head.valueEnd(field) - head.valueStart(field))
                .writeBytes(CRLF);
    }
}
