package io.pagecache.proxy.front;

import io.pagecache.author.AuthorSeal;
import io.pagecache.proxy.front.RequestHead.Method;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Everything about a request that can change its answer, as one run of octets: method, class of the peer, host, target, and each
 * field that the plan does not know to be harmless. Equal forms earn equal answers. One per event loop, filled anew for each
 * request.
 */
final class RequestForm {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final byte[] COOKIE = Octets.ascii("cookie");
    private static final byte[] AUTHOR = Octets.ascii(AuthorSeal.COOKIE + "=");

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
        form[0] = (byte) head.method().ordinal();
        form[1] = (byte) (peerClass >>> 24);
        form[2] = (byte) (peerClass >>> 16);
        form[3] = (byte) (peerClass >>> 8);
        form[4] = (byte) peerClass;
        length = 5;
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
