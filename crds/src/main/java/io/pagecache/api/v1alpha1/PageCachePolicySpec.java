package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a team asks of its cache. Fields with a default in the schema are never null in a resource that an API server
 * handed out.
 */
public record PageCachePolicySpec(
        @JsonPropertyDescription(
                "Caching, or PassThrough: every request goes to the origin and nothing is stored, the switch for"
                        + " an emergency.")
        @Default("Caching")
        Mode mode,

        @JsonPropertyDescription("The web application behind the cache.") @Required
        OriginSpec origin,

        @JsonPropertyDescription(
                "Host names that are served, in lower case without port. Empty: any. Other hosts are answered"
                        + " 421 (Misdirected Request).")
        @Size(max = 64)
        List<@Pattern(Patterns.HOST) @Size(max = 253) String> hosts,

        @JsonPropertyDescription("How requests are cached unless a rule says otherwise.") @Default("{}")
        DefaultsSpec defaults,

        @JsonPropertyDescription(
                "Exceptions, in order: the first rule that matches a request holds, and each field it sets replaces"
                        + " that field of defaults; those of key count one by one.")
        @Size(max = 64)
        List<RuleSpec> rules,

        @JsonPropertyDescription(
                "Requests that skip the cache: they are answered by the origin and the answer is not stored."
                        + " A request that meets any one entry bypasses.")
        @Default("{}")
        BypassSpec bypass,

        @JsonPropertyDescription(
                "Editors who see their own changes at once while readers keep a consistent site until the editing is over. "
                        + "Unset: nobody is told apart.")
        @Nullable
        AuthorsSpec authors,

        @JsonPropertyDescription("Personal and live parts of cached pages, filled in when a page is served.")
        @Default("{}")
        PagesSpec pages,

        @JsonPropertyDescription("Trials: groups of readers see different pages, each cached for its group.")
        @Size(max = 16)
        List<ExperimentSpec> experiments,

        @JsonPropertyDescription("Readers who are sent to another host before anything is looked up.") @Default("{}")
        RedirectsSpec redirects,

        @JsonPropertyDescription("How pages are found again when they are purged.") @Default("{}")
        PurgingSpec purging,

        @JsonPropertyDescription("Pages that are fetched before anybody asks for them. Unset: none.") @Nullable
        WarmUpSpec warmUp,

        @JsonPropertyDescription("How far HTTP goes: sizes and extensions.") @Default("{}")
        HttpSpec http,

        @JsonPropertyDescription("How URLs are understood, and which ones readers see.") @Default("{}")
        UrlsSpec urls,

        @JsonPropertyDescription(
                "How far error pages are kept, so that whoever asks for pages that do not exist drives out none that do.")
        @Default("{}")
        ErrorPagesSpec errorPages,

        @JsonPropertyDescription("The pods that run the cache.") @Default("{}")
        ProxySpec proxy) {

    public PageCachePolicySpec {
        hosts = Absent.asEmpty(hosts);
        rules = Absent.asEmpty(rules);
        experiments = Absent.asEmpty(experiments);
    }

    public enum Mode {
        @JsonProperty("Caching")
        CACHING,
        @JsonProperty("PassThrough")
        PASS_THROUGH
    }
}
