package io.pagecache.proxy.elements;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.KeyTemplate;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.stores.GuardedStore;
import io.pagecache.proxy.stores.StoreCommand;
import io.pagecache.proxy.stores.StoreKeys;
import io.pagecache.template.Effect;
import io.pagecache.template.PageValue;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A counter or an entry of a store. */
record StoredValue(String name, GuardedStore store, KeyTemplate template, Content content, Duration ttl)
        implements DeclaredValue.Origin {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_NUMBER = 40;

    enum Content {
        NUMBER,
        TEXT,
        JSON
    }

    static StoredValue counter(Pages.Value value, ValueSource.Counter counter, GuardedStore store) {
        return new StoredValue(value.name(), store, template(value, counter.key()), Content.NUMBER, value.ttl());
    }

    static StoredValue entry(Pages.Value value, ValueSource.Entry entry, GuardedStore store) {
        Content content = entry.format() == ValueSource.Entry.Format.JSON ? Content.JSON : Content.TEXT;
        return new StoredValue(value.name(), store, template(value, entry.key()), content, value.ttl());
    }

    private static KeyTemplate template(Pages.Value value, String key) {
        return KeyTemplate.parse("pages.values[%s].key".formatted(value.name()), key);
    }

    /** Null when the request lacks what the key is made of: then there is nothing to look up. */
    @Nullable
    String key(PageRequest request) {
        return StoreKeys.of(template, request);
    }

    static StoreCommand command(String key, @Nullable Effect effect) {
        return switch (effect) {
            case null -> new StoreCommand.Read(key);
            case Effect.Add(long amount) -> new StoreCommand.Add(key, amount);
            case Effect.Take take -> new StoreCommand.Take(key);
        };
    }

    /** What a store's text means; missing when it is not of the declared form. */
    PageValue valueOf(@Nullable String text) {
        if (text == null) {
            return content == Content.NUMBER ? PageValue.of(BigDecimal.ZERO) : PageValue.MISSING;
        }
        return switch (content) {
            case TEXT -> PageValue.of(text);
            case NUMBER -> number(text.strip());
            case JSON -> json(text);
        };
    }

    private static PageValue number(String text) {
        try {
            return text.length() > LONGEST_NUMBER ? PageValue.MISSING : PageValue.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return PageValue.MISSING;
        }
    }

    private static PageValue json(String text) {
        try {
            return PageValue.of(JSON.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            return PageValue.MISSING;
        }
    }

    KeptValues.Key keptAs(String key) {
        return new KeptValues.Key(name, store.name(), key);
    }
}
