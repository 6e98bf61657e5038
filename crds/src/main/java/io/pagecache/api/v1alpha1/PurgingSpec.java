package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.pagecache.api.v1alpha1.PageCachePurgeSpec.Mode;
import io.pagecache.api.v1alpha1.PageCachePurgeSpec.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How pages are found again when they are purged, what purges them by itself, and who is told. */
public record PurgingSpec(
        @JsonPropertyDescription(
                "Response header fields that carry a page's tags, separated by blanks or commas. They are "
                        + "removed before"
                        + " the client sees the answer.")
        @Default("[\"Surrogate-Key\", \"Cache-Tag\"]")
        @Size(max = 8)
        List<@Pattern(Patterns.TOKEN) @Size(max = 128) String> tagHeaders,

        @JsonPropertyDescription(
                "Objects in the namespace of the policy whose new versions purge, once their rollout is complete: what"
                        + " pods of the old version answered during the rollout is purged with the rest.")
        @Size(max = 8)
        List<RolloutPurge> onRolloutOf,

        @JsonPropertyDescription(
                "Who is told by HTTP of every purge and cut-over that the proxies have applied, such as a CDN in front of"
                        + " them.")
        @Size(max = 4)
        List<Hook> hooks) {
    public PurgingSpec {
        tagHeaders = Absent.asEmpty(tagHeaders);
        onRolloutOf = Absent.asEmpty(onRolloutOf);
        hooks = Absent.asEmpty(hooks);
    }

    public record RolloutPurge(
            @JsonPropertyDescription("What kind of object.") @Required
            WorkloadKind kind,

            @JsonPropertyDescription("Name of the object in the namespace of the policy.")
            @Required
            @Pattern(Patterns.OBJECT_NAME)
            @Size(max = 253)
            String name,

            @JsonPropertyDescription(
                    "Soft: the pages are stale, so that readers get them until one fetch has refreshed them. Hard: they are"
                            + " gone.")
            @Default("Soft")
            Mode mode,

            @JsonPropertyDescription("Which pages. Unset: all of them.") @Nullable
            Scopes scopes) {}

    public enum WorkloadKind {
        @JsonProperty("Deployment")
        DEPLOYMENT("Deployment"),
        @JsonProperty("StatefulSet")
        STATEFUL_SET("StatefulSet"),
        @JsonProperty("ConfigMap")
        CONFIG_MAP("ConfigMap");

        private final String text;

        WorkloadKind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public record Hook(
            @JsonPropertyDescription("Names the hook in Events.")
            @Required
            @Pattern(Patterns.LABEL_NAME)
            @Size(max = 63)
            String name,

            @JsonPropertyDescription(
                    "Where to POST. https, or http to a Service in the namespace of the policy. Redirects are not followed.")
            @Required
            @Pattern(Patterns.HOOK_URL)
            @Size(max = 2048)
            String url,

            @JsonPropertyDescription("The key that signs the calls (HMAC-SHA256).") @Required
            HookKey secretRef,

            @JsonPropertyDescription("Of what is told.") @Default("[\"Purge\", \"CutOver\"]") @Size(min = 1, max = 2)
            List<HookEvent> events,

            @JsonPropertyDescription("How long one call may take, from 100ms to 30s.")
            @Default("5s")
            @Pattern(Patterns.DURATION)
            @Size(max = 32)
            String timeout) {
        public Hook {
            events = Absent.asEmpty(events);
        }
    }

    public record HookKey(
            @JsonPropertyDescription("Name of a Secret in the namespace of the policy.")
            @Required
            @Pattern(Patterns.OBJECT_NAME)
            @Size(max = 253)
            String name,

            @JsonPropertyDescription("Key in its data.") @Default("key") @Pattern(Patterns.DATA_KEY) @Size(max = 253)
            String key) {}

    public enum HookEvent {
        @JsonProperty("Purge")
        PURGE,
        @JsonProperty("CutOver")
        CUT_OVER
    }
}
