package io.pagecache.proxy.serve;

import io.pagecache.http.AcceptLanguage;
import io.pagecache.http.Body;
import io.pagecache.http.Headers;
import io.pagecache.http.HttpDates;
import io.pagecache.http.PageRequest;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.plan.Behaviour.KeyOptions;
import io.pagecache.plan.Rule;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.status.CacheStatus;
import io.pagecache.status.Reason;
import io.pagecache.variants.LanguageHosts;
import io.pagecache.variants.ReaderVary;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a reply says because of who gets it: what it varies by for caches on the way, its language, the reader's new groups. */
final class ReaderFields {
    /** What others may keep must not carry one reader's cookie. */
    private static final Set<String> ABOUT_KEEPING = Set.of("cache-control", "expires", "pragma");

    private ReaderFields() {}

    /** @param dependsOn names of the fields that the page's variants are told apart by */
    static Headers complete(PageVisit visit, Headers fields, List<String> dependsOn) {
        KeyOptions key = visit.behaviour().key();
        LanguageHosts hosts = visit.plan().languageHosts();
        boolean byLanguage = hosts.concern(visit.request());
        String vary = ReaderVary.of(fields, key, dependsOn, byLanguage);
        boolean namesLanguage = !key.languages().isEmpty() && isTextWithoutLanguage(fields);
        Headers told = fields;
        if (vary != null || namesLanguage) {
            Headers.Builder more = fields.toBuilder();
            if (vary != null) {
                more.set("Vary", byLanguage ? withCookie(hosts, vary) : vary);
            }
            if (namesLanguage) {
                more.set(
                        "Content-Language",
                        AcceptLanguage.lookup(visit.request().headers(), key.languages()));
            }
            told = more.build();
        }
        return grouped(visit.visit(), told, dependsOn);
    }

    private static String withCookie(LanguageHosts hosts, String vary) {
        return hosts.heedCookie() && !vary.contains("Cookie") ? vary + ", Cookie" : vary;
    }

    /** The site speaks the languages that the policy names; what the origin says itself counts more. */
    private static boolean isTextWithoutLanguage(Headers fields) {
        String type = fields.first("Content-Type");
        return type != null && type.regionMatches(true, 0, "text/", 0, 5) && !fields.contains("Content-Language");
    }

    /** With cookies for the groups that the reader was put into just now, if the reply depends on them. */
    static Headers grouped(Visit visit, Headers fields, List<String> dependsOn) {
        List<String> cookies = visit.plan().experiments().newCookies(visit.request(), dependsOn);
        if (cookies.isEmpty()) {
            return fields;
        }
        Headers.Builder personal = fields.without(ABOUT_KEEPING).toBuilder().set("Cache-Control", forOneReader(fields));
        cookies.forEach(cookie -> personal.add("Set-Cookie", cookie));
        return personal.build();
    }

    /** What the origin forbids browsers to keep stays forbidden. */
    static String forOneReader(Headers source) {
        return ResponseDirectives.forbidsBrowsersToStore(source) ? "private, no-store" : "private, no-cache";
    }

    /** Sends a reader to the host of its language. Browsers ask each time: the next visit may prefer another. */
    static Reply redirect(Visit visit, Rule rule, String elsewhere, Instant now) {
        PageRequest request = visit.request();
        String vary = withCookie(visit.plan().languageHosts(), "Accept-Language");
        Headers fields = Headers.builder()
                .add("Date", HttpDates.format(now))
                .add("Location", elsewhere)
                .add("Vary", vary)
                .add("Cache-Control", "private, no-cache")
                .add("Cache-Status", CacheStatus.local(Reason.LANGUAGE_REDIRECT).toString())
                .build();
        Content nothing = request.method().equals("HEAD") ? new Content.Absent() : new Content.Whole(Body.EMPTY);
        return new Reply(302, fields, nothing, Provenance.local(Outcome.BYPASS, Reason.LANGUAGE_REDIRECT, rule.name()));
    }
}
