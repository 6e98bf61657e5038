package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import org.junit.jupiter.api.Test;

class BoundedCachesTest {

    @Test
    void shouldNameTheClassesThatCaffeineLoads() {
        Cache<String, String> cache = new BoundedCaches(Runnable::run, new ManualTime())
                .of(10, value -> 1, value -> 1000, (k, v, cause) -> {});

        assertThat(BoundedCaches.GENERATED_CLASSES)
                .contains(cache.asMap().getClass().getSimpleName());
    }
}
