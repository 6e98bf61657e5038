package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.pagecache.api.v1alpha1.RuleSpec.PathMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Editors who see their own changes at once while readers keep a consistent site. */
public record AuthorsSpec(
        @JsonPropertyDescription(
                "What makes a client an author, if the origin answers it with a status below 400; any one entry is enough.")
        @Required
        @Size(min = 1, max = 32)
        List<EditRequest> editRequests,

        @JsonPropertyDescription(
                "How an author is known again. Cookie: a signed cookie, set with the answer to the edit. ClientIP: the client's "
                        + "address, for tools that keep no cookies; everybody behind one address is one author then.")
        @Default("[\"Cookie\"]")
        @Size(min = 1, max = 2)
        List<Identity> identifyBy,

        @JsonPropertyDescription(
                "Quiet: authors bypass the cache, readers keep what is stored, and the whole site cuts over at one instant on all "
                        + "proxies when the editing is over. Immediate: each edit purges the whole site on all proxies.")
        @Default("Quiet")
        Mode mode,

        @JsonPropertyDescription("How long after an author's last edit the site cuts over, at most a day.")
        @Default("1000s")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        String quietPeriod,

        @JsonPropertyDescription(
                "How long all other authors must have been quiet by then, so that nobody's half-finished work is published.")
        @Default("150s")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        String minOthersQuiet) {
    public AuthorsSpec {
        editRequests = Absent.asEmpty(editRequests);
        identifyBy = Absent.asEmpty(identifyBy);
    }

    @ValidationRule(
            value = "has(self.path) || (has(self.hosts) && size(self.hosts) > 0)",
            message =
                    "at least one of path and hosts must be set: otherwise every form of the site would make its sender "
                            + "an author")
    public record EditRequest(
            @JsonPropertyDescription("Request methods, in upper case.")
            @Default("[\"POST\", \"PUT\", \"PATCH\", \"DELETE\"]")
            @Size(min = 1, max = 16)
            List<@Pattern(Patterns.METHOD) @Size(max = 16) String> methods,

            @JsonPropertyDescription("Path of the request, without the query. Unset: any.") @Nullable
            PathMatch path,

            @JsonPropertyDescription("Host names, in lower case without port. Empty: any.") @Size(max = 64)
            List<@Pattern(Patterns.HOST) @Size(max = 253) String> hosts) {
        public EditRequest {
            methods = Absent.asEmpty(methods);
            hosts = Absent.asEmpty(hosts);
        }
    }

    public enum Identity {
        @JsonProperty("Cookie")
        COOKIE,
        @JsonProperty("ClientIP")
        CLIENT_IP
    }

    public enum Mode {
        @JsonProperty("Quiet")
        QUIET,
        @JsonProperty("Immediate")
        IMMEDIATE
    }
}
