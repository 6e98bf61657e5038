package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.pagecache.api.v1alpha1.ValueSources.CookieEncoding;
import io.pagecache.api.v1alpha1.ValueSources.CounterSource;
import io.pagecache.api.v1alpha1.ValueSources.EntrySource;
import io.pagecache.api.v1alpha1.ValueSources.GeoSource;
import io.pagecache.api.v1alpha1.ValueSources.KeyRef;
import io.pagecache.api.v1alpha1.ValueSources.LanguageSource;
import io.pagecache.api.v1alpha1.ValueSources.MessagesSource;
import io.pagecache.api.v1alpha1.ValueSources.PathSource;
import io.pagecache.api.v1alpha1.ValueSources.RequestProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is filled into cached pages when they are served. */
public record PagesSpec(
        @JsonPropertyDescription("Text that delimits a marker in a page.") @Default("{}")
        Markers markers,

        @JsonPropertyDescription("Named values that markers and elements read.") @Size(max = 64)
        List<Value> values,

        @JsonPropertyDescription("Named templates that markers place in a page.") @Size(max = 64)
        List<Element> elements,

        @JsonPropertyDescription("Stores of counters and entries, shared with the application.") @Size(max = 8)
        List<StoreSpec> stores,

        @JsonPropertyDescription("Longest wait for all values of a page together, whatever their own timeouts.")
        @Default("1s")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        String deadline,

        @JsonPropertyDescription(BehaviourTexts.ESI) @Default("Surrogate")
        Esi esi) {
    public PagesSpec {
        values = Absent.asEmpty(values);
        elements = Absent.asEmpty(elements);
        stores = Absent.asEmpty(stores);
    }

    public enum Esi {
        @JsonProperty("Off")
        OFF,
        @JsonProperty("Surrogate")
        SURROGATE,
        @JsonProperty("On")
        ON
    }

    // An API server applies rules to the bare default, before the fields get theirs.
    @ValidationRule(
            value = "!has(self.open) || !has(self.close) || self.open != self.close",
            message = "open and close must differ")
    public record Markers(
            @JsonPropertyDescription("Opens a marker. At least 3 characters, so that it does not appear by chance.")
            @Default("\"<!--pc:\"")
            @Size(min = 3, max = 32)
            String open,

            @JsonPropertyDescription("Closes a marker.") @Default("\"-->\"") @Size(min = 1, max = 32)
            String close) {}

    @ValidationRule(
            value = "[has(self.cookie), has(self.header), has(self.query), has(self.path), has(self.request),"
                    + " has(self.language), has(self.geo), has(self.http), has(self.messages), has(self.counter),"
                    + " has(self.entry)].filter(isSet, isSet).size() == 1",
            message = "exactly one of cookie, header, query, path, request, language, geo, http, messages, counter and"
                    + " entry must be set")
    @ValidationRule(
            value = "!has(self.ttl) || has(self.http) || has(self.counter) || has(self.entry)",
            message = "ttl can only be set with http, counter and entry: the others are read for each request")
    public record Value(
            @JsonPropertyDescription("What markers and templates call it: a letter, then letters, digits, _ or -.")
            @Required
            @Pattern(Patterns.VALUE_NAME)
            @Size(max = 63)
            String name,

            @JsonPropertyDescription("A request cookie.") @Nullable
            CookieSource cookie,

            @JsonPropertyDescription("A request header field.") @Nullable
            HeaderSource header,

            @JsonPropertyDescription("The first query parameter of that name, percent-decoded.") @Nullable
            QuerySource query,

            @JsonPropertyDescription("A part of the request's path.") @Nullable
            PathSource path,

            @JsonPropertyDescription("ClientIP (as far as trusted proxies tell it), Host or Path.") @Nullable
            RequestProperty request,

            @JsonPropertyDescription("The language that the reader gets.") @Nullable
            LanguageSource language,

            @JsonPropertyDescription("Where the reader is.") @Nullable
            GeoSource geo,

            @JsonPropertyDescription("Texts in the reader's language.") @Nullable
            MessagesSource messages,

            @JsonPropertyDescription(
                    "A number in a store, 0 as long as it is not there; the markers incr and decr count it.")
            @Nullable
            CounterSource counter,

            @JsonPropertyDescription("What a store holds under a key; the marker pop takes it out.") @Nullable
            EntrySource entry,

            @JsonPropertyDescription("The JSON body, or for other media types the text, of a GET.") @Nullable
            HttpSource http,

            @JsonPropertyDescription(
                    "How long a looked-up value is kept. Unset: it is looked up for each page view. Only with http,"
                            + " counter and entry.")
            @Pattern(Patterns.DURATION)
            @Size(max = 32)
            @Nullable
            String ttl,

            @JsonPropertyDescription(
                    "Longest wait for the value before the fallback stands in. Only http, counter and entry wait.")
            @Default("500ms")
            @Pattern(Patterns.DURATION)
            @Size(max = 32)
            String timeout,

            @JsonPropertyDescription("Any JSON, used when the value is missing, late or broken. Unset: nothing.")
            @Nullable
            JsonNode fallback) {}

    @ValidationRule(
            value = "has(self.secretRef) == (has(self.encoding) && self.encoding == 'JWT')",
            message = "secretRef must be set exactly when encoding is JWT")
    public record CookieSource(
            @JsonPropertyDescription("Name of the cookie.") @Required @Pattern(Patterns.TOKEN) @Size(max = 128)
            String name,

            @JsonPropertyDescription(
                    "Plain: as it is. URL: percent-decoded. Base64JSON: an object that anybody can write. JWT: the"
                            + " claims of a token signed by HS256, missing when the signature is wrong or its time has"
                            + " run out.")
            @Default("URL")
            CookieEncoding encoding,

            @JsonPropertyDescription(
                    "Key of a Secret with the secret of the signature, at least 32 bytes. It is mounted into the"
                            + " proxies and followed when it changes.")
            @Nullable
            KeyRef secretRef) {}

    public record HeaderSource(
            @JsonPropertyDescription("Name of the header field.") @Required @Pattern(Patterns.TOKEN) @Size(max = 128)
            String name) {}

    public record QuerySource(
            @JsonPropertyDescription("Name of the query parameter.") @Required @Size(min = 1, max = 128)
            String name) {}

    @ValidationRule(
            value = "has(self.backendRef) != has(self.url)",
            message = "exactly one of backendRef and url must be set")
    public record HttpSource(
            @JsonPropertyDescription("Service to ask. Exactly one of backendRef and url must be set.") @Nullable
            BackendRef backendRef,

            @JsonPropertyDescription(
                    "Server to ask as scheme://host[:port], without a path. Exactly one of backendRef and url must be"
                            + " set.")
            @Pattern(Patterns.ORIGIN_URL)
            @Size(max = 300)
            @Nullable
            String url,

            @JsonPropertyDescription("Path of the GET, with its query if there is one.")
            @Default("/")
            @Pattern(Patterns.PATH)
            @Size(max = 1024)
            String path,

            @JsonPropertyDescription(
                    "Cookies of the reader that are sent along; the value is kept per combination of theirs. A reader"
                            + " who has none of them gets the fallback without a request.")
            @Size(max = 16)
            List<@Pattern(Patterns.TOKEN) @Size(max = 128) String> forwardCookies) {
        public HttpSource {
            forwardCookies = Absent.asEmpty(forwardCookies);
        }
    }

    public record Element(
            @JsonPropertyDescription("What markers call it: a letter, then letters, digits, _ or -.")
            @Required
            @Pattern(Patterns.VALUE_NAME)
            @Size(max = 63)
            String name,

            @JsonPropertyDescription(
                    "Template in restricted Qute: expressions, if, for and let over the values. Output is"
                            + " HTML-escaped unless .raw is asked for.")
            @Required
            @Size(max = 16384)
            String template,

            @JsonPropertyDescription("Text shown when the template cannot be rendered.")
            @Default("\"\"")
            @Size(max = 16384)
            String fallback) {}
}
