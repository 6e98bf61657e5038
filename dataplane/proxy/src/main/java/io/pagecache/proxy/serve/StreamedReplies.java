package io.pagecache.proxy.serve;

import io.pagecache.http.Headers;
import io.pagecache.http.HttpDates;
import io.pagecache.http.PageResponse;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.proxy.origin.OutboundHeaders;
import io.pagecache.status.CacheStatus;
import java.util.Set;

/** Makes replies of answers that go on to the client as they come. */
final class StreamedReplies {
    /** Framing is decided where the reply is written. */
    private static final Set<String> FRAMING = Set.of("content-length");

    private StreamedReplies() {}

    static Reply of(
            Visit visit, PageResponse head, Content.Streamed content, CacheStatus status, Provenance provenance) {
        if (hasNoContent(visit, head.status())) {
            content.abandon().run();
            return new Reply(head.status(), headers(visit, head, status), new Content.Absent(), provenance);
        }
        return new Reply(head.status(), headers(visit, head, status).without(FRAMING), content, provenance);
    }

    private static boolean hasNoContent(Visit visit, int status) {
        return visit.request().method().equals("HEAD") || status == 204 || status == 304;
    }

    static Headers headers(Visit visit, PageResponse head, CacheStatus status) {
        Headers.Builder fields = visit.plan().control().strip(head.headers()).toBuilder()
                .set("Cache-Status", status.after(head.headers().combined("Cache-Status")))
                .add("Via", "1.1 " + OutboundHeaders.PSEUDONYM);
        if (!head.headers().contains("Date")) {
            fields.add("Date", HttpDates.format(head.receivedAt()));
        }
        return fields.build();
    }
}
