package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where values of pages come from, but for the simplest. */
public final class ValueSources {
    private ValueSources() {}

    /** How the text of a cookie is to be read. */
    public enum CookieEncoding {
        @JsonProperty("Plain")
        PLAIN,
        @JsonProperty("URL")
        URL,
        @JsonProperty("Base64JSON")
        BASE64_JSON,
        @JsonProperty("JWT")
        JWT
    }

    /** What a request is about. */
    public enum RequestProperty {
        @JsonProperty("ClientIP")
        CLIENT_IP,
        @JsonProperty("Host")
        HOST,
        @JsonProperty("Path")
        PATH
    }

    /** A key of an object in the namespace of the policy. */
    public record KeyRef(
            @JsonPropertyDescription("Name of the object in the namespace of the policy.")
            @Required
            @Pattern(Patterns.OBJECT_NAME)
            @Size(max = 253)
            String name,

            @JsonPropertyDescription("Key in its data.") @Required @Pattern(Patterns.DATA_KEY) @Size(max = 253)
            String key) {}

    /** An object in the namespace of the policy. */
    public record ObjectRef(
            @JsonPropertyDescription("Name of the object in the namespace of the policy.")
            @Required
            @Pattern(Patterns.OBJECT_NAME)
            @Size(max = 253)
            String name) {}

    @ValidationRule(
            value = "has(self.segment) != has(self.pattern)",
            message = "exactly one of segment and pattern must be set")
    public record PathSource(
            @JsonPropertyDescription("Which part between slashes, from 1.") @Min(1) @Max(64) @Nullable
            Integer segment,

            @JsonPropertyDescription(
                    "RE2 expression for the whole path: its first group is the value; with named groups, (?P<name>…),"
                            + " the value is an object of them.")
            @Size(max = 1024)
            @Nullable
            String pattern) {}

    public record LanguageSource(
            @JsonPropertyDescription(
                    "Languages to choose from by Accept-Language, the first for readers of none of them. Unset:"
                            + " spec.defaults.key.languages.")
            @Size(max = 32)
            List<@Pattern(Patterns.LANGUAGE) @Size(max = 35) String> languages) {
        public LanguageSource {
            languages = Absent.asEmpty(languages);
        }
    }

    @ValidationRule(
            value = "has(self.header) != has(self.database)",
            message = "exactly one of header and database must be set")
    public record GeoSource(
            @JsonPropertyDescription(
                    "A header field that a load balancer in front sets; believed from spec.proxy.trustedProxies only.")
            @Pattern(Patterns.TOKEN)
            @Size(max = 128)
            @Nullable
            String header,

            @JsonPropertyDescription(
                    "A database in MaxMind's format; the value is what it says of the client's address, such as"
                            + " country.iso_code.")
            @Nullable
            VolumeFile database) {}

    /** A file in a volume. */
    public record VolumeFile(
            @JsonPropertyDescription(
                    "Name of a PersistentVolumeClaim in the namespace of the policy; it is mounted read-only.")
            @Required
            @Pattern(Patterns.OBJECT_NAME)
            @Size(max = 253)
            String claimName,

            @JsonPropertyDescription("Path of the file within the volume; followed when the file changes.")
            @Required
            @Pattern(Patterns.RELATIVE_FILE)
            @Size(max = 512)
            String path) {}

    public record MessagesSource(
            @JsonPropertyDescription(
                    "ConfigMap with a key for each language: a JSON object, or lines of name=text. Changes are taken up"
                            + " without a restart.")
            @Required
            ObjectRef configMapRef,

            @JsonPropertyDescription(
                    "Languages to choose from by Accept-Language, the first for readers of none of them and for texts"
                            + " that another lacks. Unset: spec.defaults.key.languages.")
            @Size(max = 32)
            List<@Pattern(Patterns.LANGUAGE) @Size(max = 35) String> languages) {
        public MessagesSource {
            languages = Absent.asEmpty(languages);
        }
    }

    public record CounterSource(
            @JsonPropertyDescription("Name of a store in spec.pages.stores.")
            @Required
            @Pattern(Patterns.VALUE_NAME)
            @Size(max = 63)
            String store,

            @JsonPropertyDescription(
                    "Key in the store, with {path}, {host}, {clientIP}, {cookie:NAME}, {header:NAME} or {query:NAME} in"
                            + " it. A reader who lacks what it needs gets the fallback.")
            @Required
            @Size(min = 1, max = 200)
            String key) {}

    public record EntrySource(
            @JsonPropertyDescription("Name of a store in spec.pages.stores.")
            @Required
            @Pattern(Patterns.VALUE_NAME)
            @Size(max = 63)
            String store,

            @JsonPropertyDescription(
                    "Key in the store, with {path}, {host}, {clientIP}, {cookie:NAME}, {header:NAME} or {query:NAME} in"
                            + " it. A reader who lacks what it needs gets the fallback.")
            @Required
            @Size(min = 1, max = 200)
            String key,

            @JsonPropertyDescription("Text, or JSON whose parts can be read: session.name.") @Default("Text")
            EntryFormat format) {}

    /** What an entry of a store is. */
    public enum EntryFormat {
        @JsonProperty("Text")
        TEXT,
        @JsonProperty("JSON")
        JSON
    }
}
