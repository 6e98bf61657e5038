package io.pagecache.reuse;

import io.pagecache.http.Body;
import io.pagecache.http.ContentRange;
import io.pagecache.http.EntityTag;
import io.pagecache.http.Headers;
import io.pagecache.http.PageResponse;
import io.pagecache.store.StoredPage;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts parts of a page together (RFC 9110 section 15.3.7.3, RFC 9111 section 3.4). Only the same strong entity tag makes two parts
 * those of one page.
 *
 * @param part what the store has
 * @param added what has come
 * @param joined both
 */
public record PartCombiner(StoredPage part, ContentRange added, ContentRange joined) {
    private static final Set<String> RANGE = Set.of("content-range");

    /**
     * The fields of a fetch, changed to ask for the rest of a page if it is still the same page, and for all of it otherwise.
     *
     * @param part of which one end is missing
     * @return null when the rest cannot be asked for at once
     */
    public static @Nullable Headers askingForRest(Headers fetching, StoredPage part) {
        ContentRange held = Objects.requireNonNull(part.part());
        EntityTag tag = EntityTag.of(part.headers());
        if (tag == null || tag.weak() || (held.first() > 0 && held.last() < held.complete() - 1)) {
            return null;
        }
        String rest = held.first() == 0 ? "bytes=" + (held.last() + 1) + '-' : "bytes=0-" + (held.first() - 1);
        return fetching.toBuilder()
                .set("Range", rest)
                .set("If-Range", tag.toString())
                .build();
    }

    /** The head of an answer with this part: that of a page, if the part is all of it. */
    public static PageResponse headOf(PageResponse answer, ContentRange range) {
        Headers.Builder headers = answer.headers().without(RANGE).toBuilder();
        if (!range.isWhole()) {
            headers.set("Content-Range", range.toString());
        }
        return new PageResponse(
                range.isWhole() ? 200 : 206,
                headers.build(),
                answer.requestedAt(),
                answer.receivedAt(),
                answer.arrivedAt());
    }

    /** @return null when the answer is no part of the same page, or leaves a gap */
    public static @Nullable PartCombiner of(StoredPage part, PageResponse answer) {
        ContentRange held = Objects.requireNonNull(part.part());
        ContentRange added = answer.status() == 206 ? ContentRange.of(answer.headers()) : null;
        EntityTag known = EntityTag.of(part.headers());
        EntityTag theirs = EntityTag.of(answer.headers());
        if (added == null || known == null || theirs == null || !known.matchesStrongly(theirs)) {
            return null;
        }
        ContentRange joined = held.joined(added);
        return joined == null ? null : new PartCombiner(part, added, joined);
    }

    /**
     * The head of both together, to be judged like a new answer: 200 once nothing is missing, a 206 of the joined range before.
     *
     * @return null when the newer head contradicts the stored one
     */
    public @Nullable PageResponse head(PageResponse answer) {
        PageResponse merged = NotModifiedMerger.merge(part, answer);
        return merged == null ? null : headOf(merged, joined);
    }

    /** @param bytes of the part that has come; where both have some, these count */
    public byte[] join(byte[] bytes) {
        byte[] all = new byte[joined.length()];
        Body held = part.body();
        ByteBuffer view = held.view();
        view.get(all, Objects.requireNonNull(part.part()).first() - joined.first(), held.length());
        System.arraycopy(bytes, 0, all, added.first() - joined.first(), bytes.length);
        return all;
    }
}
