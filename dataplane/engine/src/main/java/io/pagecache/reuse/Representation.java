package io.pagecache.reuse;

import io.pagecache.http.AcceptEncoding;
import io.pagecache.http.Body;
import io.pagecache.http.ContentCoding;
import io.pagecache.http.EntityTag;
import io.pagecache.http.FieldList;
import io.pagecache.http.Headers;
import io.pagecache.store.StoredPage;
import org.jspecify.annotations.Nullable;

/**
 * The form of a stored page that one client gets, with the fields that depend on the form: {@code Content-Encoding}, {@code ETag}
 * and {@code Vary}. Conditions and ranges are evaluated on it.
 *
 * @param headers without {@code Content-Length} and {@code Age}
 */
public record Representation(ContentCoding coding, Body body, Headers headers) {
    private static final String GZIP_TAG_SUFFIX = "-gzip";

    /** Selects the form that the client takes. */
    public static Representation of(StoredPage page, AcceptEncoding accepted) {
        Body gzip = page.gzip();
        ContentCoding coding = accepted.choose(gzip != null);
        boolean sendsGzip = coding == ContentCoding.GZIP;
        Body body = gzip != null && sendsGzip ? gzip : page.body();
        Headers.Builder headers = page.headers().toBuilder().remove("Content-Length");
        if (isCodedByUs(page)) {
            headers.remove("Content-Encoding");
            if (sendsGzip) {
                headers.add("Content-Encoding", ContentCoding.GZIP.token());
            }
        }
        if (gzip != null) {
            addVary(headers, page.headers());
        }
        EntityTag tag = tag(page, sendsGzip);
        if (tag != null) {
            headers.set("ETag", tag.toString());
        }
        return new Representation(coding, body, headers.build());
    }

    /** Any other coding is the origin's affair: the stored bytes are sent as they came. */
    private static boolean isCodedByUs(StoredPage page) {
        String coding = page.headers().first("Content-Encoding");
        return coding == null || isGzip(coding) || page.gzip() != null;
    }

    private static boolean isGzip(String coding) {
        return coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip");
    }

    /**
     * Two forms never share a strong tag (RFC 9110 section 8.8.3.3). Ours differ by a suffix; the origin's stays strong for the
     * form that the origin sent and becomes weak for the other one, so that it still earns a 304.
     */
    private static @Nullable EntityTag tag(StoredPage page, boolean sendsGzip) {
        EntityTag generated = page.generatedTag();
        if (generated != null) {
            return sendsGzip ? new EntityTag(generated.weak(), generated.opaque() + GZIP_TAG_SUFFIX) : generated;
        }
        EntityTag tag = EntityTag.of(page.headers());
        if (tag == null) {
            return null;
        }
        String coding = page.headers().first("Content-Encoding");
        boolean originSentGzip = coding != null && isGzip(coding);
        return isCodedByUs(page) && originSentGzip != sendsGzip ? tag.weakened() : tag;
    }

    private static void addVary(Headers.Builder headers, Headers stored) {
        for (String name : FieldList.members(stored, "Vary")) {
            if (name.equalsIgnoreCase("Accept-Encoding")) {
                return;
            }
        }
        headers.add("Vary", "Accept-Encoding");
    }
}
