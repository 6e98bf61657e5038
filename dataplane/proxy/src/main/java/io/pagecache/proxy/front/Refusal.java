package io.pagecache.proxy.front;

import java.util.Locale;

/** Why the front refused a message: status, text of the answer and metric label in one place. */
public enum Refusal {
    CONTROL_CHARACTER(400, "control character in the request"),
    BARE_LINE_END(400, "a line ends in CR or LF alone, CRLF was expected"),
    REQUEST_LINE(400, "malformed request line, expected method, target and version with one space between"),
    METHOD(405, "method is not served here"),
    TARGET(400, "malformed request target"),
    TARGET_TOO_LONG(414, "request target is too long"),
    VERSION(505, "HTTP version is not supported, expected 1.1 or 1.0"),
    FOLDED_FIELD(400, "a field line starts with a blank"),
    FIELD_NAME(400, "malformed field name"),
    AMBIGUOUS_FIELD_NAME(400, "a field name imitates a framing field"),
    FIELDS_TOO_LARGE(431, "request fields are too large or too many"),
    HOST_MISSING(400, "Host is missing"),
    HOST_REPEATED(400, "more than one Host"),
    HOST(400, "malformed Host"),
    CONTENT_LENGTH(400, "malformed Content-Length"),
    CONTENT_LENGTH_REPEATED(400, "more than one Content-Length"),
    TRANSFER_ENCODING(400, "malformed Transfer-Encoding"),
    TRANSFER_ENCODING_REPEATED(400, "more than one Transfer-Encoding"),
    TRANSFER_ENCODING_UNKNOWN(501, "transfer coding is not supported, expected chunked"),
    LENGTH_TWICE(400, "both Content-Length and Transfer-Encoding"),
    EXPECTATION(417, "expectation is not supported, expected 100-continue"),
    CHUNK_SIZE(400, "malformed chunk size"),
    CHUNK_EXTENSION(400, "malformed or too long chunk extension"),
    CHUNK_END(400, "chunk data is not followed by CRLF"),
    TRAILER(400, "malformed or too long trailer section"),
    SLOW_HEAD(408, "request head took too long"),
    SLOW_BODY(408, "request body took too long");

    private final int status;
    private final String text;
    private final String token = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Refusal(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** One sentence for the person who sent the request. */
    public String text() {
        return text;
    }

    /** Lower case with hyphens: metric label and {@code Cache-Status} detail. */
    public String token() {
        return token;
    }
}
