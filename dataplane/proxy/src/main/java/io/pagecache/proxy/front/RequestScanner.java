package io.pagecache.proxy.front;

import org.jspecify.annotations.Nullable;

/**
 * The strict parser of request heads (RFC 9112 sections 2 to 7): what it accepts can be read in one way only. Pure and without
 * memory between calls; a head that came in parts is scanned again when more of it has come. Not thread-safe: one per event
 * loop.
 */
public final class RequestScanner {

    /** What the scanned bytes are. */
    public enum Verdict {
        /** A complete, valid head: see {@link #head()}. */
        COMPLETE,
        /** Valid so far. */
        INCOMPLETE,
        /** See {@link #refusal()}. */
        REFUSED
    }

    /** Empty lines before a request line that are forgiven (RFC 9112 section 2.2). */
    private static final int MAX_EMPTY_LINES = 2;

    /** Longest method, version and blanks beside a target. */
    private static final int MAX_LINE_AROUND_TARGET = 64;

    private static final int MAX_METHOD = 32;
    private static final byte[] VERSION_PREFIX = Octets.ascii("HTTP/");

    private final FrontLimits limits;
    private final RequestHead head;
    private final FieldScanner fields;
    private @Nullable Refusal refusal;

    public RequestScanner(FrontLimits limits) {
        this.limits = limits;
        this.head = new RequestHead(limits.maxFields());
        this.fields = new FieldScanner(limits, head);
    }

    /** The head found by the last scan; valid until the next one. */
    public RequestHead head() {
        return head;
    }

    /** Why the last scan refused; null when it did not. */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** Scans one head that starts at {@code from}; what follows it is not looked at. */
    public Verdict scan(byte[] bytes, int from, int to) {
        refusal = null;
        int line = skipEmptyLines(bytes, from, to);
        if (line < 0) {
            return refuse(Refusal.BARE_LINE_END);
        }
        head.clear(line);
        int longestLine = Math.min(limits.maxHead(), limits.maxTarget() + MAX_LINE_AROUND_TARGET);
        int lineEnd = lineEnd(bytes, line, to, longestLine, Refusal.TARGET_TOO_LONG);
        if (lineEnd < 0) {
            return incompleteOrRefused();
        }
        Refusal bad = requestLine(bytes, line, lineEnd);
        return bad == null ? scanFields(bytes, lineEnd + 2, to) : refuse(bad);
    }

    private Verdict scanFields(byte[] bytes, int from, int to) {
        int line = from;
        while (true) {
            int room = Math.max(0, limits.maxHead() - (line - head.start));
            int lineEnd = lineEnd(bytes, line, to, room, Refusal.FIELDS_TOO_LARGE);
            if (lineEnd < 0) {
                return incompleteOrRefused();
            }
            boolean last = lineEnd == line;
            Refusal bad = last ? fields.finish() : fields.scan(bytes, line, lineEnd);
            if (bad != null) {
                return refuse(bad);
            }
            line = lineEnd + 2;
            if (last) {
                head.end = line;
                return Verdict.COMPLETE;
            }
        }
    }

    /** Start of the request line, or -1 for a line end that is not CRLF or one empty line too many. */
    private static int skipEmptyLines(byte[] bytes, int from, int to) {
        int line = from;
        int limit = from + MAX_EMPTY_LINES * 2;
        while (line < to && (bytes[line] == Octets.CR || bytes[line] == Octets.LF)) {
            boolean bare = bytes[line] == Octets.LF || line + 1 < to && bytes[line + 1] != Octets.LF;
            if (bare || line >= limit) {
                return -1;
            }
            line = Math.min(line + 2, to);
        }
        return line;
    }

    /** Index of the CR that ends this line, or -1 with {@link #refusal} set unless the line is just not complete. */
    private int lineEnd(byte[] bytes, int from, int to, int longest, Refusal tooLong) {
        int limit = Math.min(to, from + longest);
        int i = from;
        while (i < limit && Octets.isField(bytes[i])) {
            i++;
        }
        if (i == limit) {
            refusal = limit == to && to < from + longest ? null : tooLong;
            return -1;
        }
        if (bytes[i] != Octets.CR) {
            refusal = bytes[i] == Octets.LF ? Refusal.BARE_LINE_END : Refusal.CONTROL_CHARACTER;
            return -1;
        }
        if (i + 1 < to && bytes[i + 1] == Octets.LF) {
            return i;
        }
        refusal = i + 1 == to ? null : Refusal.BARE_LINE_END;
        return -1;
    }

    private @Nullable Refusal requestLine(byte[] bytes, int from, int to) {
        int methodEnd = from;
        while (methodEnd < to && Octets.isToken(bytes[methodEnd])) {
            methodEnd++;
        }
        int targetStart = methodEnd + 1;
        if (methodEnd == from || methodEnd - from > MAX_METHOD || targetStart >= to || bytes[methodEnd] != ' ') {
            return Refusal.REQUEST_LINE;
        }
        int targetEnd = targetStart;
        while (targetEnd < to && Octets.isTarget(bytes[targetEnd])) {
            targetEnd++;
        }
        if (targetEnd == targetStart || targetEnd == to || bytes[targetEnd] != ' ') {
            return targetEnd < to && bytes[targetEnd] != ' ' ? Refusal.TARGET : Refusal.REQUEST_LINE;
        }
        if (targetEnd - targetStart > limits.maxTarget()) {
            return Refusal.TARGET_TOO_LONG;
        }
        head.methodEnd = methodEnd;
        head.targetStart = targetStart;
        head.targetEnd = targetEnd;
        Refusal bad = version(bytes, targetEnd + 1, to);
        return bad == null ? RequestTarget.examine(bytes, head) : bad;
    }

    private @Nullable Refusal version(byte[] bytes, int from, int to) {
        if (to - from != VERSION_PREFIX.length + 3
                || !Octets.equal(bytes, from, from + VERSION_PREFIX.length, VERSION_PREFIX)
                || !Octets.isDigit(bytes[to - 3])
                || bytes[to - 2] != '.'
                || !Octets.isDigit(bytes[to - 1])) {
            return Refusal.REQUEST_LINE;
        }
        if (bytes[to - 3] != '1' || bytes[to - 1] > '1') {
            return Refusal.VERSION;
        }
        head.http10 = bytes[to - 1] == '0';
        return null;
    }

    private Verdict incompleteOrRefused() {
        return refusal == null ? Verdict.INCOMPLETE : Verdict.REFUSED;
    }

    private Verdict refuse(Refusal why) {
        refusal = why;
        return Verdict.REFUSED;
    }
}
