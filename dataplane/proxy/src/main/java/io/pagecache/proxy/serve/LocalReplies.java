package io.pagecache.proxy.serve;

import io.pagecache.http.Body;
import io.pagecache.http.Headers;
import io.pagecache.http.HttpDates;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.status.CacheStatus;
import io.pagecache.status.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Replies that the proxy makes itself. They name the reason and nothing about what runs here; nobody may keep them. */
public final class LocalReplies {
    private static final String RETRY_AFTER_SECONDS = "2";

    private LocalReplies() {}

    public static Reply error(int status, Reason reason, Instant now) {
        return error(status, Provenance.local(Outcome.ERROR, reason, Provenance.NO_RULE), now);
    }

    static Reply error(int status, Provenance provenance, Instant now) {
        return error(status, provenance, CacheStatus.local(provenance.reason()), now);
    }

    /** @param told what the cache did before it answered for the origin */
    static Reply error(int status, Provenance provenance, CacheStatus told, Instant now) {
        Reason reason = provenance.reason();
        Headers.Builder headers = Headers.builder()
                .add("Date", HttpDates.format(now))
                .add("Content-Type", "text/plain; charset=utf-8")
                .add("Cache-Control", "no-store")
                .add("Cache-Status", told.toString());
        if (status == 503) {
            headers.add("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (status == 405) {
            headers.add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        byte[] text = (status + " " + reason.token() + "\n").getBytes(StandardCharsets.US_ASCII);
        return new Reply(status, headers.build(), new Content.Whole(Body.wrap(text)), provenance);
    }
}
