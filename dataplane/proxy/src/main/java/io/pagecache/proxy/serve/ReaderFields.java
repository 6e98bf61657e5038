package io.pagecache.proxy.serve;

import io.pagecache.http.AcceptLanguage;
import io.pagecache.http.Headers;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.plan.Behaviour.KeyOptions;
import io.pagecache.variants.LanguageHosts;
import io.pagecache.variants.ReaderVary;
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

    /** With {@code Cookie} where one ranks before the languages. */
    static String withCookie(LanguageHosts hosts, String vary) {
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
}
