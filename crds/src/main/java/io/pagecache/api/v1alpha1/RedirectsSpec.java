package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Readers who are sent elsewhere before anything is looked up. */
public record RedirectsSpec(
        @JsonPropertyDescription(
                "Sends readers of a site's general hosts to the host of their language (302), by Accept-Language.")
        @Nullable
        Language language) {

    @ValidationRule(
            value = "self.targets.all(target, !(target.host in self.hosts))",
            message = "a host of targets must not be one of hosts: its readers would be sent in a circle")
    public record Language(
            @JsonPropertyDescription("General hosts, in lower case without port: their readers are sent on.")
            @Required
            @Size(min = 1, max = 16)
            List<@Pattern(Patterns.HOST) @Size(max = 253) String> hosts,

            @JsonPropertyDescription(
                    "Language of the general hosts themselves: its readers, and those who prefer none of the languages,"
                            + " stay.")
            @Required
            @Pattern(Patterns.LANGUAGE)
            @Size(max = 35)
            String stay,

            @JsonPropertyDescription("Hosts of the other languages.") @Required @Size(min = 1, max = 64)
            List<Target> targets,

            @JsonPropertyDescription(
                    "Cookie whose value, if it is one of the languages, ranks before Accept-Language: what a reader has"
                            + " chosen.")
            @Pattern(Patterns.TOKEN)
            @Size(max = 128)
            @Nullable
            String cookie) {
        public Language {
            hosts = Absent.asEmpty(hosts);
            targets = Absent.asEmpty(targets);
        }
    }

    public record Target(
            @JsonPropertyDescription("Language tag such as de or pt-BR (RFC 4647 lookup).")
            @Required
            @Pattern(Patterns.LANGUAGE)
            @Size(max = 35)
            String language,

            @JsonPropertyDescription("Host of the language, in lower case without port.")
            @Required
            @Pattern(Patterns.HOST)
            @Size(max = 253)
            String host) {}
}
