package io.pagecache.proxy.serve;

import io.pagecache.http.Body;
import io.pagecache.http.Headers;
import io.pagecache.http.HttpDates;
import io.pagecache.plan.Rule;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.status.CacheStatus;
import io.pagecache.status.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader is sent before anything is looked up.
 *
 * @param location absolute, or within the host that was asked for
 */
record Redirect(Reason reason, String location) {

    /** Null when the reader is where the page is. */
    static @Nullable Redirect of(Visit visit) {
        String otherHost = visit.plan().languageHosts().targetOf(visit.request());
        if (otherHost != null) {
            return new Redirect(Reason.LANGUAGE_REDIRECT, otherHost);
        }
        String otherForm = visit.plan().urls().redirect(visit.request());
        return otherForm == null ? null : new Redirect(Reason.URL_REDIRECT, otherForm);
    }

    /** The form of a path is for good, the language of a reader may be another one next time. */
    int status() {
        return reason == Reason.URL_REDIRECT ? 301 : 302;
    }

    Reply reply(Visit visit, Rule rule, Instant now) {
        Headers.Builder fields = Headers.builder()
                .add("Date", HttpDates.format(now))
                .add("Location", location)
                .add("Cache-Status", CacheStatus.local(reason).toString());
        if (reason == Reason.URL_REDIRECT) {
            fields.add("Cache-Control", "max-age=300"); // not for ever: a policy may change its mind
        } else {
            fields.add("Vary", ReaderFields.withCookie(visit.plan().languageHosts(), "Accept-Language"))
                    .add("Cache-Control", "private, no-cache");
        }
        boolean headOnly = visit.request().method().equals("HEAD");
        Content nothing = headOnly ? new Content.Absent() : new Content.Whole(Body.EMPTY);
        return new Reply(status(), fields.build(), nothing, Provenance.local(Outcome.BYPASS, reason, rule.name()));
    }
}
