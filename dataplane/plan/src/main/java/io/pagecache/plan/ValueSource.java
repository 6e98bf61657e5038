package io.pagecache.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Where a page's value comes from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "from")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ValueSource.Cookie.class, name = "cookie"),
    @JsonSubTypes.Type(value = ValueSource.Header.class, name = "header"),
    @JsonSubTypes.Type(value = ValueSource.Query.class, name = "query"),
    @JsonSubTypes.Type(value = ValueSource.Http.class, name = "http")
})
public sealed interface ValueSource {

    /** The value of a request cookie. */
    record Cookie(String name) implements ValueSource {}

    /** The value of a request header field (name in lower case). */
    record Header(String name) implements ValueSource {}

    /** The first value of a query parameter, percent-decoded. */
    record Query(String name) implements ValueSource {}

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
