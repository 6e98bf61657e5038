package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code defaults} and each rule can say about caching; null means that nothing was said. */
public sealed interface CacheBehaviour permits DefaultsSpec, RuleSpec {
    @Nullable
    Cache cache();

    @Nullable
    String ttl();

    @Nullable
    List<StatusTtl> ttlByStatus();

    @Nullable
    String staleWhileRevalidate();

    @Nullable
    String staleIfError();

    @Nullable
    Key key();

    @Nullable
    String requestCookies();

    @Nullable
    Etag etag();

    @Nullable
    Boolean compress();

    @Nullable
    Coalesce coalesce();

    @Nullable
    List<String> tags();

    @Nullable
    Elements elements();

    enum Cache {
        @JsonProperty("Origin")
        ORIGIN,
        @JsonProperty("Always")
        ALWAYS,
        @JsonProperty("Never")
        NEVER
    }

    enum Etag {
        @JsonProperty("Origin")
        ORIGIN,
        @JsonProperty("Generate")
        GENERATE
    }

    enum Elements {
        @JsonProperty("Off")
        OFF,
        @JsonProperty("Surrogate")
        SURROGATE,
        @JsonProperty("On")
        ON
    }

    record StatusTtl(
            @JsonPropertyDescription("HTTP status codes, 200 to 599.") @Required @Size(min = 1, max = 32)
            List<@Min(200) @Max(599) Integer> statuses,

            @JsonPropertyDescription("Freshness lifetime of answers with one of these statuses.")
            @Required
            @Pattern(Patterns.DURATION_OR_UNTIL_PURGED)
            @Size(max = 32)
            String ttl) {
        public StatusTtl {
            statuses = Absent.asEmpty(statuses);
        }
    }

    record Coalesce(
            @JsonPropertyDescription(
                    "How long a request waits for the fetch of another one for the same page before it fetches for"
                            + " itself.")
            @Required
            @Pattern(Patterns.DURATION)
            @Size(max = 32)
            String maxWait) {}

    record Key(
            @JsonPropertyDescription("Which query parameters tell pages apart. All when nothing is said.") @Nullable
            Query query,

            @JsonPropertyDescription("Request header fields that tell pages apart.") @Size(max = 16) @Nullable
            List<@Pattern(Patterns.TOKEN) @Size(max = 128) String> headers,

            @JsonPropertyDescription("Cookies that tell pages apart.") @Size(max = 16) @Nullable
            List<@Pattern(Patterns.TOKEN) @Size(max = 128) String> cookies,

            @JsonPropertyDescription(
                    "Languages the site speaks: Accept-Language is mapped to one of them (RFC 4647 lookup) and joins"
                            + " the key. The first is the fallback.")
            @Size(max = 64)
            @Nullable
            List<@Pattern(Patterns.LANGUAGE) @Size(max = 35) String> languages,

            @JsonPropertyDescription(
                    "Whether phones, tablets, desktops and bots get pages of their own. The origin is told the class as"
                            + " X-Device-Class: mobile, tablet, desktop or bot.")
            @Nullable
            Boolean device,

            @JsonPropertyDescription(
                    "Experiments of spec.experiments that every page of the rule depends on. Single pages say so "
                            + "themselves, by the answer field Pagecache-Experiments.")
            @Size(max = 16)
            @Nullable
            List<@Pattern(Patterns.LABEL_NAME) @Size(max = 63) String> experiments) {}

    @ValidationRule(
            value = "!(self.mode in ['Only', 'Except']) || (has(self.names) && size(self.names) > 0)",
            message = "names must not be empty when mode is Only or Except")
    @ValidationRule(
            value = "self.mode in ['Only', 'Except'] || !has(self.names) || size(self.names) == 0",
            message = "names can only be set when mode is Only or Except")
    record Query(
            @JsonPropertyDescription(
                    "All: the query string as it came. Only: the named parameters; the others do not reach the origin."
                            + " Except: all but the named; those do not reach the origin. Ignore: the query string "
                            + "is dropped,"
                            + " from"
                            + " the key and from the origin's URL. Bypass: a request with a query string is not "
                            + "cached.")
            @Required
            QueryMode mode,

            @JsonPropertyDescription("Names of query parameters, for Only and Except.") @Size(max = 64)
            List<@Size(min = 1, max = 128) String> names) {
        public Query {
            names = Absent.asEmpty(names);
        }
    }

    enum QueryMode {
        @JsonProperty("All")
        ALL,
        @JsonProperty("Only")
        ONLY,
        @JsonProperty("Except")
        EXCEPT,
        @JsonProperty("Ignore")
        IGNORE,
        @JsonProperty("Bypass")
        BYPASS
    }
}
