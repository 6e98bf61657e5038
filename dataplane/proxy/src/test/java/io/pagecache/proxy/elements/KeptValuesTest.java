package io.pagecache.proxy.elements;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.template.PageValue;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheImpl;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fence of values: what was looked up before a purge is not kept beyond it. */
@Tag("seed:W72")
class KeptValuesTest {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final PageValue OLD = PageValue.of("old");
    private static final PageValue NEW = PageValue.of("new");
    private static final KeptValues.Key KEY = new KeptValues.Key("session", "http://shop/session", "sid=42");

    private final KeptValues values = new KeptValues(cache(), () -> Instant.parse("2026-11-22T10:00:00Z"));

    private static CaffeineCacheImpl cache() {
        CaffeineCacheInfo info = new CaffeineCacheInfo();
        info.name = "values";
        info.initialCapacity = 16;
        info.maximumSize = 1000L;
        return new CaffeineCacheImpl(info, false);
    }

    static Stream<Consumer<KeptValues>> purges() {
        return Stream.of(
                KeptValues::clear, values -> values.forgetUser("42"), values -> values.forget(Set.of("session")));
    }

    @ParameterizedTest
    @MethodSource("purges")
    void shouldForgetWhatIsKept(Consumer<KeptValues> purge) {
        values.put(KEY, OLD, TTL, values.mark());
        assertThat(values.current(KEY)).isEqualTo(OLD);

        purge.accept(values);

        assertThat(values.current(KEY)).isNull();
    }

    @ParameterizedTest
    @MethodSource("purges")
    @DisplayName("a store that answers after the purge was asked before it: the answer is not kept")
    void shouldNotKeepWhatAStoreWasAskedForBefore(Consumer<KeptValues> purge) {
        long mark = values.mark();
        purge.accept(values);

        values.put(KEY, OLD, TTL, mark);

        assertThat(values.current(KEY)).isNull();
    }

    @ParameterizedTest
    @MethodSource("purges")
    @DisplayName("a service that answers after the purge was asked before it: who comes later asks anew")
    void shouldNotKeepWhatAServiceWasAskedForBefore(Consumer<KeptValues> purge) {
        CompletableFuture<PageValue> early = new CompletableFuture<>();
        CompletableFuture<PageValue> before = values.get(KEY, TTL, () -> early).toCompletableFuture();
        purge.accept(values);
        CompletableFuture<PageValue> after = values.get(KEY, TTL, () -> CompletableFuture.completedFuture(NEW))
                .toCompletableFuture();
        early.complete(OLD);

        assertThat(before.join()).isEqualTo(OLD);
        assertThat(after.join()).isEqualTo(NEW);
        assertThat(values.current(KEY)).isEqualTo(NEW);
    }

    @Test
    void shouldKeepTheValuesOfOthers() {
        KeptValues.Key other = new KeptValues.Key("session", "http://shop/session", "sid=43");
        values.put(other, OLD, TTL, values.mark());

        values.forgetUser("42");

        assertThat(values.current(other)).isEqualTo(OLD);
    }
}
