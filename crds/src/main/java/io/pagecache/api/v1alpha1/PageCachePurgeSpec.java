package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is purged, and how. */
@ValidationRule(
        value = "self.policyRef == oldSelf.policyRef && self.scopes == oldSelf.scopes && self.mode == oldSelf.mode",
        message = "policyRef, scopes and mode cannot be changed: a purge is done once, create another one")
public record PageCachePurgeSpec(
        @JsonPropertyDescription("The policy whose proxies are purged.") @Required
        PolicyRef policyRef,

        @JsonPropertyDescription("Which pages: a page in any of the scopes is purged.") @Required
        Scopes scopes,

        @JsonPropertyDescription(
                "Hard: the pages are gone. Soft: they are stale, so that readers get them until one fetch has refreshed"
                        + " them.")
        @Default("Hard")
        Mode mode,

        @JsonPropertyDescription(
                "How long the finished purge is kept before it is deleted. Unset: until someone deletes it.")
        @Min(0)
        @Max(31536000)
        @Nullable
        Integer ttlSecondsAfterFinished) {

    public record PolicyRef(
            @JsonPropertyDescription("Name of a PageCachePolicy in the same namespace.")
            @Required
            @Pattern(Patterns.LABEL_NAME)
            @Size(max = 53)
            String name) {}

    @ValidationRule(
            value = "(has(self.all) && self.all) || (has(self.urls) && size(self.urls) > 0)"
                    + " || (has(self.prefixes) && size(self.prefixes) > 0) || (has(self.patterns) && "
                    + "size(self.patterns) > 0)"
                    + " || (has(self.tags) && size(self.tags) > 0) || (has(self.users) && size(self.users) > 0)"
                    + " || (has(self.elements) && size(self.elements) > 0) || has(self.olderThan)",
            message = "at least one of all, urls, prefixes, patterns, tags, users, elements and olderThan must be set")
    @ValidationRule(
            value = "!has(self.all) || !self.all || !(has(self.urls) || has(self.prefixes) || has(self.patterns)"
                    + " || has(self.tags) || has(self.users) || has(self.elements) || has(self.olderThan))",
            message = "all purges everything: leave out urls, prefixes, patterns, tags, users, elements and olderThan")
    public record Scopes(
            @JsonPropertyDescription("Every page of the policy.") @Nullable
            Boolean all,

            @JsonPropertyDescription(
                    "Paths with query (/x?a=1) on every host, or absolute URLs for one host. Without a query: "
                            + "exactly that"
                            + " path without one.")
            @Size(max = 256)
            List<@Pattern(Patterns.PAGE_URL) @Size(max = 2048) String> urls,

            @JsonPropertyDescription("Every path that starts with this text.") @Size(max = 64)
            List<@Pattern(Patterns.PATH) @Size(max = 1024) String> prefixes,

            @JsonPropertyDescription("RE2 expressions that must match the whole path with query.") @Size(max = 16)
            List<@Size(min = 1, max = 1024) String> patterns,

            @JsonPropertyDescription("Every page that carries one of the tags.") @Size(max = 256)
            List<@Pattern(Patterns.TAG) @Size(max = 256) String> tags,

            @JsonPropertyDescription(
                    "All that is kept for single readers, known by the value of a cookie as sent: values looked up with"
                            + " that cookie, and pages that the cookie keys.")
            @Size(max = 64)
            List<@Pattern(Patterns.TAG) @Size(max = 1024) String> users,

            @JsonPropertyDescription(
                    "What is kept of these values, or of all values that these elements read. Pages are not touched:"
                            + " they are filled in when they are served.")
            @Size(max = 64)
            List<@Pattern(Patterns.VALUE_NAME) @Size(max = 63) String> elements,

            @JsonPropertyDescription("Every page stored longer ago than this.")
            @Pattern(Patterns.DURATION)
            @Size(max = 32)
            @Nullable
            String olderThan) {
        public Scopes {
            urls = Absent.asEmpty(urls);
            prefixes = Absent.asEmpty(prefixes);
            patterns = Absent.asEmpty(patterns);
            tags = Absent.asEmpty(tags);
            users = Absent.asEmpty(users);
            elements = Absent.asEmpty(elements);
        }
    }

    public enum Mode {
        @JsonProperty("Soft")
        SOFT,
        @JsonProperty("Hard")
        HARD
    }
}
