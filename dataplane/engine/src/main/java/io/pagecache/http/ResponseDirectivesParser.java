package io.pagecache.http;

import io.pagecache.http.ResponseDirectives.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the directives of one field. */
final class ResponseDirectivesParser implements DirectiveReader.Sink {
    private static final Set<String> DURATIONS =
            Set.of("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error");

    private final Source source;
    private boolean noStore;
    private boolean noCache;
    private boolean isPrivate;
    private boolean isPublic;
    private boolean mustRevalidate;
    private boolean proxyRevalidate;
    private boolean mustUnderstand;
    private boolean immutable;
    private @Nullable Duration maxAge;
    private @Nullable Duration sharedMaxAge;
    private @Nullable Duration staleWhileRevalidate;
    private @Nullable Duration staleIfError;

    private ResponseDirectivesParser(Source source) {
        this.source = source;
    }

    static ResponseDirectives parse(Headers headers) {
        ResponseDirectives targeted = targeted(headers, "Pagecache-Control", Source.PAGECACHE_CONTROL);
        if (targeted == null) {
            targeted = targeted(headers, "CDN-Cache-Control", Source.CDN_CACHE_CONTROL);
        }
        if (targeted == null) {
            targeted = surrogate(headers);
        }
        return targeted != null ? targeted : cacheControl(headers);
    }

    /** Directives of a targeted field; null when it is absent, empty, malformed or of wrong types (RFC 9213 section 2.1). */
    private static @Nullable ResponseDirectives targeted(Headers headers, String field, Source source) {
        List<String> lines = headers.all(field);
        if (lines.isEmpty()) {
            return null;
        }
        Map<String, Object> members = StructuredDictionary.parse(lines);
        if (members == null || members.isEmpty()) {
            return null;
        }
        ResponseDirectivesParser parser = new ResponseDirectivesParser(source);
        for (Map.Entry<String, Object> member : members.entrySet()) {
            if (!parser.member(member.getKey(), member.getValue())) {
                return null;
            }
        }
        return parser.directives();
    }

    private static @Nullable ResponseDirectives surrogate(Headers headers) {
        SurrogateControl surrogate = SurrogateControl.of(headers);
        if (!surrogate.governsStorage()) {
            return null;
        }
        ResponseDirectivesParser parser = new ResponseDirectivesParser(Source.SURROGATE_CONTROL);
        parser.noStore = surrogate.noStore();
        parser.maxAge = surrogate.maxAge();
        parser.staleWhileRevalidate = surrogate.staleFor();
        return parser.directives();
    }

    private static ResponseDirectives cacheControl(Headers headers) {
        if (!headers.contains("Cache-Control")) {
            return pragma(headers);
        }
        ResponseDirectivesParser parser = new ResponseDirectivesParser(Source.CACHE_CONTROL);
        if (!DirectiveReader.read(headers, "Cache-Control", parser)) {
            parser.noStore = true;
        }
        return parser.directives();
    }

    /** {@code Pragma: no-cache} never had a meaning in answers (RFC 9111 section 5.4), but those who send it mean one. */
    private static ResponseDirectives pragma(Headers headers) {
        if (!headers.contains("Pragma")) {
            return ResponseDirectives.NONE;
        }
        ResponseDirectivesParser parser = new ResponseDirectivesParser(Source.CACHE_CONTROL);
        for (String member : FieldList.members(headers, "Pragma")) {
            parser.noCache |= member.equalsIgnoreCase("no-cache");
        }
        return parser.directives();
    }

    /** Takes a targeted field's member; false when its value has the wrong type. {@code ?0} counts as absent. */
    private boolean member(String name, Object value) {
        if (DURATIONS.contains(name)) {
            if (!(value instanceof Long seconds) || seconds < 0) {
                return false;
            }
            directive(name, Long.toString(seconds));
        } else if (!Boolean.FALSE.equals(value)) {
            directive(name, null);
        }
        return true;
    }

    @Override
    public void directive(String name, @Nullable String value) {
        switch (name) {
            case "no-store" -> noStore = true;
            case "no-cache" -> noCache = true;
            case "private" -> isPrivate = true;
            case "public" -> isPublic = true;
            case "must-revalidate" -> mustRevalidate = true;
            case "proxy-revalidate" -> proxyRevalidate = true;
            case "must-understand" -> mustUnderstand = true;
            case "immutable" -> immutable = true;
            case "max-age" -> maxAge = strictest(maxAge, value);
            case "s-maxage" -> sharedMaxAge = strictest(sharedMaxAge, value);
            case "stale-while-revalidate" -> staleWhileRevalidate = strictest(staleWhileRevalidate, value);
            case "stale-if-error" -> staleIfError = strictest(staleIfError, value);
            default -> {} // unknown directives are ignored (RFC 9111 section 5.2.3)
        }
    }

    private static Duration strictest(@Nullable Duration known, @Nullable String value) {
        Duration parsed = value == null ? null : DeltaSeconds.parse(value);
        Duration seconds = parsed == null ? Duration.ZERO : parsed;
        return known == null || seconds.compareTo(known) < 0 ? seconds : known;
    }

    private ResponseDirectives directives() {
        return new ResponseDirectives(
                source,
                noStore,
                noCache,
                isPrivate,
                isPublic,
                mustRevalidate,
                proxyRevalidate,
                mustUnderstand,
                immutable,
                maxAge,
                sharedMaxAge,
                staleWhileRevalidate,
                staleIfError);
    }
}
