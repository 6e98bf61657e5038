package io.pagecache.proxy.front;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.pagecache.author.AuthorSeal;
import io.pagecache.proxy.front.RequestHead.Method;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/**
 * Everything about a request that can change its answer, as one run of octets: method, class of the peer, host, target, and each
 * field that the plan does not know to be harmless. Equal forms earn equal answers. One per event loop, filled anew for each
 * request.
 */
final class RequestForm {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final byte[] COOKIE = Octets.ascii("cookie");
    private static final byte[] AUTHOR = Octets.ascii(AuthorSeal.COOKIE + "=");

    private static final AsciiString GET = AsciiString.cached("GET");
    private static final AsciiString HEAD = AsciiString.cached("HEAD");
    private static final AsciiString COOKIE_NAME = AsciiString.cached("cookie");
    private static final AsciiString CONNECTION = AsciiString.cached("connection");
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

    /** In the first octet of a form: no form of HTTP/1 equals one of HTTP/2. */
    private static final int HTTP2 = 0x40;

    /** With the four pseudo-fields; as many as the whole way takes. */
    private static final int MAX_HTTP2_FIELDS = 104;

    /** Longer forms are rarely asked twice. */
    private static final int MAX_LENGTH = 4096;

    private final byte[] form = new byte[MAX_LENGTH];
    private int length;
    private int hash;

    /** Whether the request has a form that may be answered by repetition. */
    boolean fill(byte[] bytes, RequestHead head, int peerClass, FastPlan plan, FieldClasses ignored) {
        boolean plain = head.method() != Method.OTHER
                && !head.isHttp10()
                && head.isKeepAlive()
                && !head.hasBody()
                && !head.expectsContinue()
                && !head.isUpgrade()
                && !head.needsRewriting();
        int host = head.host();
        int room = head.end - head.start + head.fieldCount() + 7;
        if (!plain || peerClass < 0 || host < 0 || room > MAX_LENGTH) {
            return false;
        }
        begin(head.method().ordinal(), peerClass);
        appendLowerCase(bytes, head.valueStart(host), head.valueEnd(host));
        form[length++] = Octets.LF;
        append(bytes, head.targetStart(), head.targetEnd());
        for (int field = 0; field < head.fieldCount(); field++) {
            int from = head.nameStart(field);
            int to = head.nameEnd(field);
            if (plan.authorsMatter()
                    && Octets.equalIgnoringCase(bytes, from, to, COOKIE)
                    && Octets.contains(bytes, head.valueStart(field), head.valueEnd(field), AUTHOR)) {
                return false;
            }
            if (plan.cookiesMatter() && Octets.equalIgnoringCase(bytes, from, to, COOKIE)) {
                return false;
            }
            if (field != host && !ignored.contains(bytes, from, to)) {
                form[length++] = Octets.LF;
                appendLowerCase(bytes, from, to);
                form[length++] = ':';
                append(bytes, head.valueStart(field), head.valueEnd(field));
            }
        }
        hash = hashOf(form, length);
        return true;
    }

    /**
     * The same for a request over HTTP/2 that ends with its head. What makes such a head malformed is looked for where it is no
     * part of the form: the whole way refuses it, and so has refused it in every form that was answered.
     */
    boolean fill(Http2Headers fields, int peerClass, FastPlan plan, FieldClasses ignored) {
        CharSequence method = fields.method();
        int kind = AsciiString.contentEquals(GET, method) ? 0 : AsciiString.contentEquals(HEAD, method) ? 1 : -1;
        if (kind < 0 || peerClass < 0 || fields.size() > MAX_HTTP2_FIELDS) {
            return false;
        }
        begin(HTTP2 | kind, peerClass);
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            if (!(field.getKey() instanceof AsciiString name)
                    || !(field.getValue() instanceof AsciiString value)
                    || length + name.length() + value.length() + 2 > MAX_LENGTH) {
                return false;
            }
            byte[] bytes = name.array();
            int from = name.arrayOffset();
            if (ignored.contains(bytes, from, from + name.length())) {
                if (!isHarmless(name, value, plan)) {
                    return false;
                }
            } else {
                form[length++] = Octets.LF;
                append(bytes, from, from + name.length());
                form[length++] = ':';
                append(value.array(), value.arrayOffset(), value.arrayOffset() + value.length());
            }
        }
        hash = hashOf(form, length);
        return true;
    }

    private static boolean isHarmless(AsciiString name, AsciiString value, FastPlan plan) {
        if (name.contentEquals(COOKIE_NAME)) {
            byte[] bytes = value.array();
            int from = value.arrayOffset();
            if (plan.cookiesMatter()
                    || plan.authorsMatter() && Octets.contains(bytes, from, from + value.length(), AUTHOR)) {
                return false;
            }
        }
        return !name.contentEquals(CONNECTION) && !name.contentEquals(KEEP_ALIVE) && isFieldValue(value);
    }

    /** RFC 9113 section 8.2.1. */
    private static boolean isFieldValue(AsciiString value) {
        int last = value.length() - 1;
        for (int i = 0; i <= last; i++) {
            int octet = value.byteAt(i) & 0xff;
            boolean blank = octet == ' ' || octet == '\t';
            if (octet < ' ' && octet != '\t' || octet == 0x7f || blank && (i == 0 || i == last)) {
                return false;
            }
        }
        return true;
    }

    private void begin(int kind, int peerClass) {
        form[0] = (byte) kind;
        form[1] = (byte) (peerClass >>> 24);
        form[2] = (byte) (peerClass >>> 16);
        form[3] = (byte) (peerClass >>> 8);
        form[4] = (byte) peerClass;
        length = 5;
    }

    private void append(byte[] bytes, int from, int to) {
        System.arraycopy(bytes, from, form, length, to - from);
        length += to - from;
    }

    private void appendLowerCase(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            form[length++] = Octets.lower(bytes[i]);
        }
    }

    private static int hashOf(byte[] bytes, int length) {
        long mixed = length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            mixed = (mixed ^ (long) LONGS.get(bytes, i)) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 32;
        }
        for (; i < length; i++) {
            mixed = (mixed ^ bytes[i]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (mixed ^ mixed >>> 32);
    }

    int hash() {
        return hash;
    }

    byte[] copy() {
        return Arrays.copyOf(form, length);
    }

    boolean isEqualTo(byte[] other) {
        return Arrays.equals(form, 0, length, other, 0, other.length);
    }
}
