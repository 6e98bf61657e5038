package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class BoundedCachesTest {
    private final Cache<String, String> cache =
            new BoundedCaches(Runnable::run, new ManualTime()).of(10, value -> 1, value -> 1000, (k, v, cause) -> {});

    @Test
    void shouldNameTheCacheThatCaffeineLoads() {
        assertThat(cache.asMap().getClass().getName()).isEqualTo(BoundedCaches.CACHE_CLASS);
    }

    @Test
    void shouldNameTheEntriesThatCaffeineLoads() throws Exception {
        Class<?> declaring = cache.asMap().getClass();
        while (!declaring.getSimpleName().equals("BoundedLocalCache")) {
            declaring = declaring.getSuperclass();
        }
        Field factory = declaring.getDeclaredField("nodeFactory");
        factory.setAccessible(true);

        assertThat(factory.get(cache.asMap()).getClass().getName()).isEqualTo(BoundedCaches.ENTRY_CLASS);
    }
}
