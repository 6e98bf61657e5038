package io.pagecache.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a page's value comes from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "from")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ValueSource.Cookie.class, name = "cookie"),
    @JsonSubTypes.Type(value = ValueSource.Header.class, name = "header"),
    @JsonSubTypes.Type(value = ValueSource.Query.class, name = "query"),
    @JsonSubTypes.Type(value = ValueSource.Path.class, name = "path"),
    @JsonSubTypes.Type(value = ValueSource.Request.class, name = "request"),
    @JsonSubTypes.Type(value = ValueSource.Language.class, name = "language"),
    @JsonSubTypes.Type(value = ValueSource.GeoHeader.class, name = "geoHeader"),
    @JsonSubTypes.Type(value = ValueSource.GeoDatabase.class, name = "geoDatabase"),
    @JsonSubTypes.Type(value = ValueSource.Http.class, name = "http"),
    @JsonSubTypes.Type(value = ValueSource.Messages.class, name = "messages"),
    @JsonSubTypes.Type(value = ValueSource.Counter.class, name = "counter"),
    @JsonSubTypes.Type(value = ValueSource.Entry.class, name = "entry")
})
public sealed interface ValueSource {

    /**
     * The value of a request cookie.
     *
     * @param secret key of the signature; null unless {@code form} is a signed one
     */
    record Cookie(String name, Form form, @Nullable FileRef secret) implements ValueSource {

        /** How the cookie's text is to be read. */
        public enum Form {
            /** As it is. */
            PLAIN,
            /** Percent-decoded as UTF-8. */
            URL,
            /** JSON in Base64 or Base64url. */
            BASE64_JSON,
            /** The claims of a JSON Web Token signed by HS256 (RFC 7519), if the signature holds and its time has not run out. */
            JWT
        }

        public Cookie {
            if ((form == Form.JWT) != (secret != null)) {
                throw new InvalidPlanException(
                        "pages.values.cookie", "'%s' needs a secret exactly when it is a JWT".formatted(name));
            }
        }

        /** A percent-decoded cookie. */
        public Cookie(String name) {
            this(name, Form.URL, null);
        }
    }

    /** The value of a request header field (name in lower case). */
    record Header(String name) implements ValueSource {}

    /** The first value of a query parameter, percent-decoded. */
    record Query(String name) implements ValueSource {}

    /**
     * A part of the request's path, percent-decoded.
     *
     * @param segment position from 1; 0 when {@code pattern} says which part
     * @param pattern RE2 expression that must match the whole path as sent; its first group is the value
     */
    record Path(int segment, @Nullable String pattern) implements ValueSource {
        public Path {
            if ((segment > 0) == (pattern != null)) {
                throw new InvalidPlanException("pages.values.path", "needs either a segment or a pattern");
            }
        }
    }

    /** What the request is about. */
    record Request(Property property) implements ValueSource {
        public enum Property {
            /** Address of the client, as far as trusted proxies tell. */
            CLIENT_IP,
            HOST,
            PATH
        }
    }

    /** The language that the reader gets (RFC 4647 lookup), one of these; the first when none fits. Not empty. */
    record Language(List<String> languages) implements ValueSource {
        public Language {
            languages = languages(languages);
        }

        private static List<String> languages(List<String> languages) {
            if (languages.isEmpty()) {
                throw new InvalidPlanException("pages.values.languages", "is empty: expected at least one language");
            }
            return List.copyOf(languages);
        }
    }

    /** A header field (name in lower case) that only trusted proxies may set; from anybody else it counts as missing. */
    record GeoHeader(String name) implements ValueSource {}

    /** What a database in MaxMind's format knows about the client's address. */
    record GeoDatabase(FileRef file) implements ValueSource {}

    /**
     * Texts in the reader's language.
     *
     * @param configMap holds one key per language: JSON, or lines of {@code name=text}
     * @param languages the first is taken where no other fits, and for texts that another language lacks
     */
    record Messages(String configMap, List<String> languages) implements ValueSource {
        public Messages {
            languages = Language.languages(languages);
        }
    }

    /** A number in a store, which markers can count up and down. A counter that is not there is 0. */
    record Counter(String store, String key) implements ValueSource {}

    /** What a store holds under a key; markers can take it out. */
    record Entry(String store, String key, Format format) implements ValueSource {
        public enum Format {
            TEXT,
            JSON
        }
    }

    /**
     * The JSON body (or, for other media types, the text) of a GET.
     *
     * @param url absolute {@code http} or {@code https} URL
     * @param forwardCookies names of the reader's cookies sent along; the value is kept per combination of theirs. A reader who
     *     has none of them gets the fallback without a request
     */
    record Http(String url, List<String> forwardCookies) implements ValueSource {
        public Http {
            forwardCookies = List.copyOf(forwardCookies);
        }
    }
}
