package io.pagecache.proxy.elements;

import io.pagecache.template.PageValue;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values kept for a while, each fetched once however many readers ask at the same time. The cache underneath bounds their number
 * and their longest stay; how long one is current is its own matter.
 */
public final class KeptValues {
    /** What parts cookies from each other and names from values, here and in the keys of stores. */
    private static final String PART_ENDS = "=; :/|,";

    /** Components are compared as a whole, so no cookie can imitate another value's key. */
    record Key(String name, String url, String cookies) {

        /** Whether a cookie has this value, or a part of a store's key. */
        boolean isOf(String user) {
            int at = user.isEmpty() ? -1 : cookies.indexOf(user);
            while (at >= 0) {
                if (endsPart(at - 1) && endsPart(at + user.length())) {
                    return true;
                }
                at = cookies.indexOf(user, at + 1);
            }
            return false;
        }

        private boolean endsPart(int index) {
            return index < 0 || index == cookies.length() || PART_ENDS.indexOf(cookies.charAt(index)) >= 0;
        }
    }

    private record Held(PageValue value, Instant until) {}

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(10);

    private final Cache cache;
    private final InstantSource clock;

    /** How often something was forgotten. */
    private final AtomicLong forgotten = new AtomicLong();

    public KeptValues(Cache cache, InstantSource clock) {
        this.cache = cache;
        this.clock = clock;
    }

    CompletionStage<PageValue> get(Key key, Duration ttl, Supplier<CompletionStage<PageValue>> loader) {
        Uni<Held> current = held(key, ttl, loader).flatMap(found -> {
            if (clock.instant().isBefore(found.until())) {
                return Uni.createFrom().item(found);
            }
            return cache.invalidate(key).flatMap(gone -> held(key, ttl, loader));
        });
        return current.map(Held::value).subscribeAsCompletionStage();
    }

    /** What is kept and still current, or null. */
    @Nullable
    PageValue current(Key key) {
        CompletableFuture<Held> found = cache.as(CaffeineCache.class).getIfPresent(key);
        Held held = found == null || !found.isDone() || found.isCompletedExceptionally() ? null : found.join();
        return held == null || !clock.instant().isBefore(held.until()) ? null : held.value();
    }

    /** To be taken before a value is looked up elsewhere: what is forgotten meanwhile is not kept. */
    long mark() {
        return forgotten.get();
    }

    /** @param mark taken before the value was looked up */
    void put(Key key, PageValue value, Duration ttl, long mark) {
        if (forgotten.get() != mark) {
            return;
        }
        Held held = new Held(value, clock.instant().plus(ttl));
        cache.as(CaffeineCache.class).put(key, CompletableFuture.completedFuture(held));
        if (forgotten.get() != mark) {
            await(cache.invalidate(key)); // the sweep may have passed before the value was there
        }
    }

    /** Forgets everything. */
    public void clear() {
        forgotten.incrementAndGet();
        await(cache.invalidateAll());
    }

    /** Forgets what was looked up for a reader with a cookie of this value. */
    public void forgetUser(String user) {
        forgotten.incrementAndGet();
        await(cache.invalidateIf(key -> key instanceof Key kept && kept.isOf(user)));
    }

    /** Forgets the values of these names. */
    public void forget(Set<String> names) {
        forgotten.incrementAndGet();
        await(cache.invalidateIf(key -> key instanceof Key kept && names.contains(kept.name())));
    }

    private static void await(Uni<Void> done) {
        done.await().atMost(LONGEST_SWEEP);
    }

    /** Missing for a moment, so that a service in trouble is not asked again by every reader. */
    private Held failed(Duration ttl) {
        Duration pause = ttl.compareTo(PAUSE_AFTER_FAILURE) < 0 ? ttl : PAUSE_AFTER_FAILURE;
        return new Held(PageValue.MISSING, clock.instant().plus(pause));
    }

    private Uni<Held> held(Key key, Duration ttl, Supplier<CompletionStage<PageValue>> loader) {
        return cache.getAsync(
                key,
                missing -> Uni.createFrom()
                        .completionStage(loader)
                        .map(value -> new Held(value, clock.instant().plus(ttl)))
                        .onFailure()
                        .recoverWithItem(() -> failed(ttl)));
    }
}
