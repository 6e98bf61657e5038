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
        value = "!has(self.cache) || self.cache != 'Always' || has(self.ttl) || (has(self.ttlByStatus) && "
                + "size(self.ttlByStatus) > 0)",
        message = "ttl or ttlByStatus must be set when cache is Always")
public record DefaultsSpec(
        @JsonPropertyDescription(BehaviourTexts.CACHE) @Default("Origin")
        Cache cache,

        @JsonPropertyDescription(BehaviourTexts.TTL)
        @Pattern(Patterns.DURATION_OR_UNTIL_PURGED)
        @Size(max = 32)
        @Nullable
        String ttl,

        @JsonPropertyDescription(BehaviourTexts.TTL_BY_STATUS) @Size(max = 16) @Nullable
        List<StatusTtl> ttlByStatus,

        @JsonPropertyDescription(BehaviourTexts.STALE_WHILE_REVALIDATE)
        @Default("0s")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        String staleWhileRevalidate,

        @JsonPropertyDescription(BehaviourTexts.STALE_IF_ERROR)
        @Default("24h")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        String staleIfError,

        @JsonPropertyDescription(BehaviourTexts.KEY) @Default("{}")
        Key key,

        @JsonPropertyDescription(BehaviourTexts.REQUEST_COOKIES)
        @Default("Forward")
        @Pattern(Patterns.REQUEST_COOKIES)
        @Size(max = 2048)
        String requestCookies,

        @JsonPropertyDescription(BehaviourTexts.ETAG) @Default("Generate")
        Etag etag,

        @JsonPropertyDescription(BehaviourTexts.COMPRESS) @Default("true")
        Boolean compress,

        @JsonPropertyDescription(BehaviourTexts.COALESCE) @Default("{\"maxWait\": \"10s\"}")
        Coalesce coalesce,

        @JsonPropertyDescription(BehaviourTexts.TAGS) @Size(max = 32) @Nullable
        List<@Pattern(Patterns.TAG) @Size(max = 256) String> tags,

        @JsonPropertyDescription(BehaviourTexts.ELEMENTS) @Default("Surrogate")
        Elements elements)
        implements CacheBehaviour {}
