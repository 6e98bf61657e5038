package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a purge has come. Times are RFC 3339 texts in UTC. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PageCachePurgeStatus(
        @JsonPropertyDescription("Generation of the purge that this status describes.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Complete or Failed.") @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("Result of each proxy.") @Nullable
        List<ProxyResult> proxies,

        @JsonPropertyDescription("Stored pages it covered, over all proxies.") @Nullable
        Integer entries,

        @JsonPropertyDescription("When the operator took it up.") @Nullable
        String requestedAt,

        @JsonPropertyDescription("When the last proxy had acknowledged it.") @Nullable
        String completedAt) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ProxyResult(
            @JsonPropertyDescription("Name of the proxy pod.") @Required
            String name,

            @JsonPropertyDescription("Whether the proxy has acknowledged the purge.")
            ProxyPurgeState state,

            @JsonPropertyDescription("Stored pages it covered on this proxy.") @Nullable
            Integer entries,

            @JsonPropertyDescription("Why it is not acknowledged.") @Nullable
            String message) {}

    public enum ProxyPurgeState {
        @JsonProperty("Pending")
        PENDING,
        @JsonProperty("Complete")
        COMPLETE,
        @JsonProperty("Failed")
        FAILED
    }
}
