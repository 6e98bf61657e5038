package io.pagecache.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.ProxyStats.VariantLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VariantLimitNewsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final VariantLimitNews news = new VariantLimitNews(now::get);

    private boolean isNews(long count) {
        return news.of("p", new VariantLimit(count, "http://shop/a")).isPresent();
    }

    @Test
    void shouldNameTheUrl() {
        assertThat(news.of("p", new VariantLimit(1, "http://shop/a")))
                .hasValueSatisfying(note -> assertThat(note.text()).startsWith("http://shop/a has as many variants"));
    }

    @Test
    void shouldBeSilentWhereNothingHappened() {
        assertThat(news.of("p", VariantLimit.NEVER_REACHED)).isEmpty();
    }

    @Test
    void shouldTellOnceAnHour() {
        assertThat(isNews(1)).isTrue();
        assertThat(isNews(5)).isFalse();
        now.set(now.get().plus(Duration.ofHours(2)));
        assertThat(isNews(5)).isFalse();
        assertThat(isNews(6)).isTrue();
        assertThat(isNews(1)).isFalse();
    }

    @Test
    void shouldForgetPoliciesThatAreGone() {
        assertThat(isNews(1)).isTrue();

        news.retain(Set.of());

        assertThat(isNews(1)).isTrue();
    }
}
