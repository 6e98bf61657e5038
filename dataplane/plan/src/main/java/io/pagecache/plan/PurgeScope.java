package io.pagecache.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** What a purge covers. All scopes take every variant of a page. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "scope")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PurgeScope.All.class, name = "all"),
    @JsonSubTypes.Type(value = PurgeScope.Url.class, name = "url"),
    @JsonSubTypes.Type(value = PurgeScope.Prefix.class, name = "prefix"),
    @JsonSubTypes.Type(value = PurgeScope.Regex.class, name = "regex"),
    @JsonSubTypes.Type(value = PurgeScope.Tag.class, name = "tag"),
    @JsonSubTypes.Type(value = PurgeScope.User.class, name = "user"),
    @JsonSubTypes.Type(value = PurgeScope.Element.class, name = "element"),
    @JsonSubTypes.Type(value = PurgeScope.OlderThan.class, name = "older-than")
})
public sealed interface PurgeScope {

    /** Every page. */
    record All() implements PurgeScope {}

    /** One path with query ({@code /x?a=1}) on every host, or an absolute URL for one host. Without a query: exactly that path without one. */
    record Url(String url) implements PurgeScope {}

    /** Every path that starts with this text. */
    record Prefix(String path) implements PurgeScope {}

    /** Every path with query that this RE2 expression matches as a whole. */
    record Regex(String pattern) implements PurgeScope {}

    /** Every page that carries the tag. */
    record Tag(String tag) implements PurgeScope {}

    /**
     * All that is kept for one reader, known by the value of a cookie as sent: values looked up with that cookie, and pages that the
     * cookie keys.
     */
    record User(String user) implements PurgeScope {}

    /** What is kept of a value, or of all values that an element reads; no page: pages are filled in when they are served. */
    record Element(String name) implements PurgeScope {}

    /** Every page stored longer ago than this when the purge was requested. */
    record OlderThan(Duration age) implements PurgeScope {}
}
