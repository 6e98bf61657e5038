package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.pagecache.api.v1alpha1.ValueSources.ObjectRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store of counters and entries. */
@ValidationRule(
        value = "has(self.memcached) != has(self.redis)",
        message = "exactly one of memcached and redis must be set")
public record StoreSpec(
        @JsonPropertyDescription("What values call it: a letter, then letters, digits, _ or -.")
        @Required
        @Pattern(Patterns.VALUE_NAME)
        @Size(max = 63)
        String name,

        @JsonPropertyDescription("Memcached 1.6 or newer.") @Nullable
        Memcached memcached,

        @JsonPropertyDescription("Redis 6.2 or newer, or Valkey.") @Nullable
        Redis redis,

        @JsonPropertyDescription(
                "Time for one operation. After 5 failures within 10s the store is left alone for 2s, then tried again;"
                        + " meanwhile values are their fallbacks at once.")
        @Default("250ms")
        @Pattern(Patterns.DURATION)
        @Size(max = 32)
        String timeout) {

    public record Memcached(
            @JsonPropertyDescription("Servers as host:port; each key belongs to one of them.")
            @Required
            @Size(min = 1, max = 16)
            List<@Pattern(Patterns.HOST_AND_PORT) @Size(max = 260) String> servers) {}

    public record Redis(
            @JsonPropertyDescription("redis://host:port, with /N for database N; rediss:// with TLS. No credentials.")
            @Required
            @Pattern(Patterns.REDIS_URL)
            @Size(max = 300)
            String url,

            @JsonPropertyDescription(
                    "Secret with the key password and, for users other than the default one, username. It is mounted"
                            + " into the proxies and followed when it changes.")
            @Nullable
            ObjectRef credentialsSecretRef) {}
}
