package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A trial whose groups see different pages. */
public record ExperimentSpec(
        @JsonPropertyDescription(
                "Name of the experiment: the field Pagecache-Experiment-NAME tells the origin the reader's group, and"
                        + " an answer with Pagecache-Experiments: NAME depends on it.")
        @Required
        @Pattern(Patterns.LABEL_NAME)
        @Size(max = 63)
        String name,

        @JsonPropertyDescription(
                "Cookie that keeps a reader in its group for 30 days. It is set only by replies that depend on the "
                        + "experiment; its value is the name of the group, and it does not reach the origin.")
        @Required
        @Pattern(Patterns.TOKEN)
        @Size(max = 128)
        String cookie,

        @JsonPropertyDescription("Groups that readers are divided among.") @Required @Size(min = 1, max = 16)
        List<Group> groups) {
    public ExperimentSpec {
        groups = Absent.asEmpty(groups);
    }

    public record Group(
            @JsonPropertyDescription("Name of the group.") @Required @Pattern(Patterns.LABEL_NAME) @Size(max = 63)
            String name,

            @JsonPropertyDescription(
                    "Share of new readers in relation to the other groups. 0: none, but those who are in it stay. A "
                            + "change holds for the next new reader.")
            @Required
            @Min(0)
            @Max(10000)
            Integer weight) {}
}
