package io.pagecache.http;

import io.pagecache.http.RangeSelection.ByteRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A 206 (RFC 9110 section 15.3.7): one part as it is, several as {@code multipart/byteranges} (section 14.6). Parts share the
 * page's bytes.
 *
 * @param headers the page's fields with {@code Content-Range} or {@code Content-Type} set
 * @param pieces the body in order
 * @param length bytes in all pieces
 */
public record PartialContent(Headers headers, List<Body> pieces, int length) {
    public PartialContent {
        pieces = List.copyOf(pieces);
    }

    /**
     * @param boundary 1 to 70 letters and digits that the body does not contain: the caller draws them at random
     */
    public static PartialContent of(Headers page, Body body, RangeSelection.Partial selection, String boundary) {
        List<ByteRange> ranges = selection.ranges();
        return ranges.size() == 1 ? single(page, body, ranges.getFirst()) : multipart(page, body, ranges, boundary);
    }

    /**
     * From a part that is all there is of the page.
     *
     * @param range within the part
     */
    public static PartialContent ofPart(Headers page, Body body, ContentRange held, ByteRange range) {
        ContentRange sent = new ContentRange(range.first(), range.last(), held.complete());
        Headers headers = page.toBuilder().set("Content-Range", sent.toString()).build();
        Body piece = body.slice(range.first() - held.first(), range.length());
        return new PartialContent(headers, List.of(piece), range.length());
    }

    /** {@code Content-Range} of a 416. */
    public static String unsatisfied(int length) {
        return "bytes */" + length;
    }

    private static PartialContent single(Headers page, Body body, ByteRange range) {
        Headers headers = page.toBuilder()
                .set("Content-Range", contentRange(range, body.length()))
                .build();
        return new PartialContent(headers, List.of(body.slice(range.first(), range.length())), range.length());
    }

    private static PartialContent multipart(Headers page, Body body, List<ByteRange> ranges, String boundary) {
        String type = page.first("Content-Type");
        List<Body> pieces = new ArrayList<>(ranges.size() * 2 + 1);
        int length = 0;
        for (ByteRange range : ranges) {
            String head = "\r\n--" + boundary
                    + (type == null ? "" : "\r\nContent-Type: " + type)
                    + "\r\nContent-Range: " + contentRange(range, body.length())
                    + "\r\n\r\n";
            length += add(pieces, text(head)) + add(pieces, body.slice(range.first(), range.length()));
        }
        length += add(pieces, text("\r\n--" + boundary + "--\r\n"));
        Headers headers = page.toBuilder()
                .set("Content-Type", "multipart/byteranges; boundary=" + boundary)
                .build();
        return new PartialContent(headers, pieces, length);
    }

    private static int add(List<Body> pieces, Body piece) {
        pieces.add(piece);
        return piece.length();
    }

    private static Body text(String text) {
        return Body.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String contentRange(ByteRange range, int length) {
        return "bytes " + range.first() + '-' + range.last() + '/' + length;
    }
}
