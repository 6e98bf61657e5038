package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exception from the defaults; its behaviour fields are null where the defaults hold. */
public record RuleSpec(
        @JsonPropertyDescription("Unique name of the rule: it appears in metrics and explanations.")
        @Required
        @Pattern(Patterns.LABEL_NAME)
        @Size(max = 63)
        String name,

        @JsonPropertyDescription("Which requests the rule is for: all that are set must match.") @Required
        Match match,

        @JsonPropertyDescription(
                "Origin: the origin's headers decide and ttl fills the gap. Always: ttl wins over the origin's lifetime; its private and no-store still hold. Never: not cached.")
        @Nullable
        Cache cache,

        @JsonPropertyDescription(
                "Freshness lifetime, or UntilPurged. Unset: only what the origin's headers or the heuristic of RFC 9111 allow.")
        @Pattern(Patterns.DURATION_OR_UNTIL_PURGED)
        @Size(max = 32)
        @Nullable
        String ttl,

        @JsonPropertyDescription(
                "Freshness lifetimes of particular statuses; the first that matches counts, and it ranks before ttl.")
        @Size(max = 16)
        @Nullable
        List<StatusTtl> ttlByStatus,

        @JsonPropertyDescription(
                "How long after expiry a stale page is served while one fetch refreshes it (RFC 5861), where the origin names no window of its own.")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        @Nullable
        String staleWhileRevalidate,

        @JsonPropertyDescription(
                "How long after expiry a stale page is served when the origin fails (RFC 5861), where the origin names no window of its own.")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        @Nullable
        String staleIfError,

        @JsonPropertyDescription(
                "What, besides scheme, host and path, tells two pages apart. Each of its fields is overridden on its own.")
        @Nullable
        Key key,

        @JsonPropertyDescription(
                "Which cookies of cacheable requests reach the origin: Forward (all), Strip (none) or Only(name, name). A page fetched with cookies is kept only on the origin's explicit word.")
        @Pattern(Patterns.REQUEST_COOKIES)
        @Size(max = 2048)
        @Nullable
        String requestCookies,

        @JsonPropertyDescription(
                "Generate: a strong ETag of the stored bytes where the origin sends none. Origin: only the origin's.")
        @Nullable
        Etag etag,

        @JsonPropertyDescription("Store compressible pages plain and gzipped, and serve what the client accepts.")
        @Nullable
        Boolean compress,

        @JsonPropertyDescription("Many requests for a page that is not there become one origin request.") @Nullable
        Coalesce coalesce,

        @JsonPropertyDescription("Tags given to every page, besides those the origin sends; purge by them.")
        @Size(max = 32)
        @Nullable
        List<@Pattern(Patterns.TAG) @Size(max = 256) String> tags,

        @JsonPropertyDescription(
                "When markers in a page are acted on. Off: never. Surrogate: only in answers with Surrogate-Control: content=\"Pagecache/1.0\". On: in every HTML answer; only for sites whose visitors cannot publish markup. Quote \"On\" and \"Off\": bare, YAML readers take them for booleans.")
        @Nullable
        Elements elements)
        implements CacheBehaviour {

    @ValidationRule(
            value =
                    "has(self.path) || (has(self.methods) && size(self.methods) > 0) || (has(self.hosts) && size(self.hosts) > 0)",
            message =
                    "at least one of path, methods and hosts must be set; what holds for every request belongs in spec.defaults")
    public record Match(
            @JsonPropertyDescription("Path of the request, without the query. Unset: any.") @Nullable
            PathMatch path,

            @JsonPropertyDescription("Request methods, in upper case. Empty: any.") @Size(max = 16)
            List<@Pattern(Patterns.METHOD) @Size(max = 16) String> methods,

            @JsonPropertyDescription("Host names, in lower case without port. Empty: any.") @Size(max = 64)
            List<@Pattern(Patterns.HOST) @Size(max = 253) String> hosts) {
        public Match {
            methods = Absent.asEmpty(methods);
            hosts = Absent.asEmpty(hosts);
        }
    }

    @ValidationRule(
            value = "self.type == 'Regex' || self.value.startsWith('/')",
            message = "value must start with / when type is Exact or Prefix")
    public record PathMatch(
            @JsonPropertyDescription(
                    "Exact: the whole path. Prefix: whole path segments, so that /news matches /news/today but not"
                            + " /newsletter. Regex: an RE2 expression that must match the whole path.")
            @Required
            PathType type,

            @JsonPropertyDescription("A path, or an RE2 expression when type is Regex.")
            @Required
            @Size(min = 1, max = 1024)
            String value) {}

    public enum PathType {
        @JsonProperty("Exact")
        EXACT,
        @JsonProperty("Prefix")
        PREFIX,
        @JsonProperty("Regex")
        REGEX
    }
}
