package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Service in the namespace of the policy. */
public record BackendRef(
        @JsonPropertyDescription("Name of a Service in the namespace of the policy.")
        @Required
        @Pattern(Patterns.LABEL_NAME)
        @Size(max = 63)
        String name,

        @JsonPropertyDescription("Port of the Service.") @Required @Min(1) @Max(65535)
        Integer port) {}
