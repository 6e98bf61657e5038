package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Bounds of pages with a status of 400 and above. */
public record ErrorPagesSpec(
        @JsonPropertyDescription(
                "Most that they take of proxy.cacheSize together, in percent. Beyond it they leave; other pages never make room"
                        + " for them.")
        @Default("5")
        @Min(1)
        @Max(100)
        Integer cacheShare,

        @JsonPropertyDescription(
                "Longest lifetime that the origin's word gives them. What ttlByStatus says of a status is not bound by it.")
        @Default("5m")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        String maxTTL) {}
