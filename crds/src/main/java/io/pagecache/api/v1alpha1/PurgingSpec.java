package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How pages are found again when they are purged. */
public record PurgingSpec(
        @JsonPropertyDescription(
                "Response header fields that carry a page's tags, separated by blanks or commas. They are "
                        + "removed before"
                        + " the client sees the answer.")
        @Default("[\"Surrogate-Key\", \"Cache-Tag\"]")
        @Size(max = 8)
        List<@Pattern(Patterns.TOKEN) @Size(max = 128) String> tagHeaders) {
    public PurgingSpec {
        tagHeaders = Absent.asEmpty(tagHeaders);
    }
}
