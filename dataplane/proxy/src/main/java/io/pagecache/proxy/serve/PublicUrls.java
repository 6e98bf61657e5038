package io.pagecache.proxy.serve;

import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.http.PageResponse;
import io.pagecache.proxy.origin.OriginBody;
import io.pagecache.proxy.origin.OriginOutcome;
import io.pagecache.proxy.origin.OriginOutcome.Answered;
import io.pagecache.proxy.origin.OriginOutcome.Failed;
import io.pagecache.proxy.origin.OriginOutcome.NotModified;
import io.pagecache.url.InternalLinks;
import io.pagecache.url.LinksInText;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives answers of the origin the URLs that readers use, before anything else is made of them. */
final class PublicUrls {
    /** About bytes that are changed. */
    private static final Set<String> OF_THE_BYTES =
            Set.of("content-length", "content-md5", "digest", "content-digest", "repr-digest", "accept-ranges");

    private PublicUrls() {}

    static OriginOutcome in(Visit visit, OriginOutcome outcome) {
        InternalLinks links = visit.plan().links();
        if (!links.areReplaced()) {
            return outcome;
        }
        PageRequest request = visit.request();
        String base = request.scheme() + "://" + request.host();
        return switch (outcome) {
            case Failed failed -> failed;
            case NotModified(var response, var micros) -> new NotModified(with(response, links, base), micros);
            case Answered(var response, var body, var micros) -> {
                boolean changed = links.areReplacedInPages() && isPlainPage(response);
                if (changed) {
                    body.through(new Replacing(new LinksInText(links, base)));
                }
                PageResponse known = with(response, links, base);
                yield new Answered(
                        changed ? withFields(known, known.headers().without(OF_THE_BYTES)) : known, body, micros);
            }
        };
    }

    private static PageResponse with(PageResponse response, InternalLinks links, String base) {
        Headers fields = links.fields(response.headers(), base);
        return fields == response.headers() ? response : withFields(response, fields);
    }

    private static PageResponse withFields(PageResponse response, Headers fields) {
        return new PageResponse(
                response.status(), fields, response.requestedAt(), response.receivedAt(), response.arrivedAt());
    }

    /** A part of a page cannot be changed: where it begins in the whole would be another place. */
    private static boolean isPlainPage(PageResponse response) {
        @Nullable String type = response.headers().first("Content-Type");
        @Nullable String coding = response.headers().combined("Content-Encoding");
        return response.status() != 206
                && type != null
                && (type.regionMatches(true, 0, "text/html", 0, 9)
                        || type.regionMatches(true, 0, "application/xhtml+xml", 0, 21))
                && (coding == null || coding.equalsIgnoreCase("identity"));
    }

    private record Replacing(LinksInText text) implements OriginBody.Change {
        @Override
        public Buffer next(Buffer chunk) {
            return octets(text.next(new String(chunk.getBytes(), StandardCharsets.ISO_8859_1)));
        }

        @Override
        public Buffer end() {
            return octets(text.end());
        }

        private static Buffer octets(String text) {
            return Buffer.buffer(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
