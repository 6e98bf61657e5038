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

        @JsonPropertyDescription(BehaviourTexts.CACHE) @Nullable
        Cache cache,

        @JsonPropertyDescription(BehaviourTexts.TTL)
        @Pattern(Patterns.DURATION_OR_UNTIL_PURGED)
        @Size(max = 32)
        @Nullable
        String ttl,

        @JsonPropertyDescription(BehaviourTexts.TTL_BY_STATUS) @Size(max = 16) @Nullable
        List<StatusTtl> ttlByStatus,

        @JsonPropertyDescription(BehaviourTexts.STALE_WHILE_REVALIDATE)
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        @Nullable
        String staleWhileRevalidate,

        @JsonPropertyDescription(BehaviourTexts.STALE_IF_ERROR) @Pattern(Patterns.DURATION) @Size(max = 32) @Nullable
        String staleIfError,

        @JsonPropertyDescription(BehaviourTexts.KEY) @Nullable
        Key key,

        @JsonPropertyDescription(BehaviourTexts.REQUEST_COOKIES)
        @Pattern(Patterns.REQUEST_COOKIES)
        @Size(max = 2048)
        @Nullable
        String requestCookies,

        @JsonPropertyDescription(BehaviourTexts.ETAG) @Nullable
        Etag etag,

        @JsonPropertyDescription(BehaviourTexts.COMPRESS) @Nullable
        Boolean compress,

        @JsonPropertyDescription(BehaviourTexts.COALESCE) @Nullable
        Coalesce coalesce,

        @JsonPropertyDescription(BehaviourTexts.TAGS) @Size(max = 32) @Nullable
        List<@Pattern(Patterns.TAG) @Size(max = 256) String> tags,

        @JsonPropertyDescription(BehaviourTexts.ELEMENTS) @Nullable
        Elements elements,

        @JsonPropertyDescription(BehaviourTexts.ESI + " Unset: as pages.esi says.")
        PagesSpec.@Nullable Esi esi)
        implements CacheBehaviour {

    @ValidationRule(
            value = "has(self.path) || (has(self.methods) && size(self.methods) > 0) || (has(self.hosts) && "
                    + "size(self.hosts) > 0)",
            message = "at least one of path, methods and hosts must be set; what holds for every request belongs in "
                    + "spec.defaults")
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
