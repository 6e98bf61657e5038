package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The behaviour that holds unless a rule says otherwise. */
@ValidationRule(
        value =
                "!has(self.cache) || self.cache != 'Always' || has(self.ttl) || (has(self.ttlByStatus) && size(self.ttlByStatus) > 0)",
        message = "ttl or ttlByStatus must be set when cache is Always")
public record DefaultsSpec(
        @JsonPropertyDescription(
                "Origin: the origin's headers decide and ttl fills the gap. Always: ttl wins over the origin's lifetime; its private and no-store still hold. Never: not cached.")
        @Default("Origin")
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
        @Default("30s")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        String staleWhileRevalidate,

        @JsonPropertyDescription(
                "How long after expiry a stale page is served when the origin fails (RFC 5861), where the origin names no window of its own.")
        @Default("24h")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        String staleIfError,

        @JsonPropertyDescription("What, besides scheme, host and path, tells two pages apart.") @Default("{}")
        Key key,

        @JsonPropertyDescription(
                "Which cookies of cacheable requests reach the origin: Forward (all), Strip (none) or Only(name, name). A page fetched with cookies is kept only on the origin's explicit word.")
        @Default("Forward")
        @Pattern(Patterns.REQUEST_COOKIES)
        @Size(max = 2048)
        String requestCookies,

        @JsonPropertyDescription(
                "Generate: a strong ETag of the stored bytes where the origin sends none. Origin: only the origin's.")
        @Default("Generate")
        Etag etag,

        @JsonPropertyDescription("Store compressible pages plain and gzipped, and serve what the client accepts.")
        @Default("true")
        Boolean compress,

        @JsonPropertyDescription("Many requests for a page that is not there become one origin request.")
        @Default("{\"maxWait\": \"10s\"}")
        Coalesce coalesce,

        @JsonPropertyDescription("Tags given to every page, besides those the origin sends; purge by them.")
        @Size(max = 32)
        @Nullable
        List<@Pattern(Patterns.TAG) @Size(max = 256) String> tags,

        @JsonPropertyDescription(
                "When markers in a page are acted on. Off: never. Surrogate: only in answers with Surrogate-Control: content=\"Pagecache/1.0\". On: in every HTML answer; only for sites whose visitors cannot publish markup. Quote \"On\" and \"Off\": bare, YAML readers take them for booleans.")
        @Default("Surrogate")
        Elements elements)
        implements CacheBehaviour {}
