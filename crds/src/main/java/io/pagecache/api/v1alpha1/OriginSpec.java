package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Who answers misses, and how long that may take. */
@ValidationRule(
        value = "has(self.backendRef) != has(self.url)",
        message = "exactly one of backendRef and url must be set")
@ValidationRule(
        value = "!has(self.tls) || !has(self.url) || self.url.startsWith('https://')",
        message = "url must begin with https:// when tls is set")
public record OriginSpec(
        @JsonPropertyDescription("Service of the application. Exactly one of backendRef and url must be set.") @Nullable
        BackendRef backendRef,

        @JsonPropertyDescription(
                "Origin outside the cluster as scheme://host[:port], http or https, without a path. Exactly one of"
                        + " backendRef and url must be set.")
        @Pattern(Patterns.ORIGIN_URL)
        @Size(max = 300)
        @Nullable
        String url,

        @JsonPropertyDescription(
                "Host the application sees: Preserve sends the client's, Origin the origin's own name.")
        @Default("Preserve")
        HostHeader hostHeader,

        @JsonPropertyDescription("How long each phase of an origin request may take.") @Default("{}")
        Timeouts timeouts,

        @JsonPropertyDescription(
                "Most connections of one proxy to the origin. Requests beyond them wait in a bounded queue, then"
                        + " get 503 with Retry-After.")
        @Default("256")
        @Min(1)
        @Max(65535)
        Integer maxConnections,

        @JsonPropertyDescription("Extra tries for a safe request that failed before the first byte of its answer.")
        @Default("1")
        @Min(0)
        @Max(5)
        Integer retries,

        @JsonPropertyDescription(
                "TLS to the origin. Set: a backendRef is asked over TLS too. Its certificate and the name in it are"
                        + " always verified.")
        @Nullable
        Tls tls) {

    public record Tls(
            @JsonPropertyDescription(
                    "Name that the origin's certificate must have, sent as server name. Unset: the host of url, or"
                            + " NAME.NAMESPACE.svc for a backendRef.")
            @Pattern(Patterns.HOST)
            @Size(max = 253)
            @Nullable
            String serverName,

            @JsonPropertyDescription(
                    "ConfigMap in the policy's namespace with the certificates of the authorities to believe, PEM,"
                            + " under ca.crt. Unset: those of the platform.")
            @Pattern(Patterns.OBJECT_NAME)
            @Size(max = 253)
            @Nullable
            String caConfigMapName) {}

    public enum HostHeader {
        @JsonProperty("Preserve")
        PRESERVE,
        @JsonProperty("Origin")
        ORIGIN
    }

    public record Timeouts(
            @JsonPropertyDescription("Until the connection stands.")
            @Default("2s")
            @Pattern(Patterns.DURATION)
            @Size(max = 32)
            String connect,

            @JsonPropertyDescription("From the end of the request to the head of the answer.")
            @Default("25s")
            @Pattern(Patterns.DURATION)
            @Size(max = 32)
            String firstByte,

            @JsonPropertyDescription("Longest silence inside a body.")
            @Default("60s")
            @Pattern(Patterns.DURATION)
            @Size(max = 32)
            String idle) {}
}
