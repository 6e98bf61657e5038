package io.pagecache.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store of counters and other values, shared with the application.
 *
 * @param name how values refer to it
 * @param timeout after which an operation has failed; operations that fail make the proxy leave the store alone for a while
 */
public record ValueStore(String name, Kind kind, Duration timeout) {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Memcached.class, name = "memcached"),
        @JsonSubTypes.Type(value = Redis.class, name = "redis")
    })
    public sealed interface Kind {}

    /** @param servers {@code host:port}; each key belongs to one of them */
    public record Memcached(List<String> servers) implements Kind {
        public Memcached {
            servers = List.copyOf(servers);
            if (servers.isEmpty()) {
                throw new InvalidPlanException("pages.stores.memcached.servers", "is empty: expected host:port");
            }
        }
    }

    /**
     * Redis or Valkey.
     *
     * @param url {@code redis://host:port/database} or {@code rediss://} with TLS
     * @param username null: the default user
     * @param password null: none
     */
    public record Redis(
            String url,
            @Nullable FileRef username,
            @Nullable FileRef password) implements Kind {}
}
