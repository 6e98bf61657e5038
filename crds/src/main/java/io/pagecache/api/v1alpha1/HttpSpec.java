package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How far HTTP goes. */
public record HttpSpec(
        @JsonPropertyDescription(
                "Largest request body, as a Kubernetes quantity. A larger one is answered 413 (Content Too Large), before any"
                        + " of it is read when its length is announced.")
        @Default("1Gi")
        @Pattern(Patterns.BYTES)
        @Size(max = 20)
        String maxRequestBody,

        @JsonPropertyDescription(
                "Honour: the origin's No-Vary-Search names query parameters that do not tell pages apart; they leave the key,"
                        + " and do not reach the origin either. Ignore: every parameter counts, unless key.query says otherwise.")
        @Default("Ignore")
        NoVarySearch noVarySearch) {

    public enum NoVarySearch {
        @JsonProperty("Ignore")
        IGNORE,
        @JsonProperty("Honour")
        HONOUR
    }
}
