package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How URLs are understood, and which ones readers see. */
@ValidationRule(
        value = "!has(self.internalAuthorities) || size(self.internalAuthorities) == 0"
                + " || (has(self.internalLinks) && self.internalLinks != 'Keep')",
        message = "internalLinks must be ReplaceInFields or ReplaceInPages when internalAuthorities is set")
public record UrlsSpec(
        @JsonPropertyDescription(
                "Keep: /a and /a/ are two pages. Add: /a is redirected (301) to /a/, unless its last segment has a dot. Remove:"
                        + " /a/ is redirected to /a. Only GET and HEAD.")
        @Default("Keep")
        TrailingSlash trailingSlash,

        @JsonPropertyDescription(
                "AsSent: paths are never touched. Normalised: before anything else //, /./ and /../ are resolved, needless"
                        + " percent-encoding is taken away and so is an empty query; rules, cache and origin see the result.")
        @Default("AsSent")
        Paths paths,

        @JsonPropertyDescription(
                "Keep: what the origin says. ReplaceInFields: where Location, Content-Location, Refresh and Link name the origin"
                        + " by its own scheme, host and port, those that the reader used take their place. ReplaceInPages: in HTML,"
                        + " too; the origin is then asked for pages without compression.")
        @Default("Keep")
        InternalLinks internalLinks,

        @JsonPropertyDescription(
                "Other names of the origin, as host or host:port, whose URLs are replaced. Those of spec.origin are known.")
        @Size(max = 32)
        List<@Pattern(Patterns.AUTHORITY) @Size(max = 260) String> internalAuthorities) {
    public UrlsSpec {
        internalAuthorities = Absent.asEmpty(internalAuthorities);
    }

    public enum TrailingSlash {
        @JsonProperty("Keep")
        KEEP,
        @JsonProperty("Add")
        ADD,
        @JsonProperty("Remove")
        REMOVE
    }

    public enum Paths {
        @JsonProperty("AsSent")
        AS_SENT,
        @JsonProperty("Normalised")
        NORMALISED
    }

    public enum InternalLinks {
        @JsonProperty("Keep")
        KEEP,
        @JsonProperty("ReplaceInFields")
        REPLACE_IN_FIELDS,
        @JsonProperty("ReplaceInPages")
        REPLACE_IN_PAGES
    }
}
