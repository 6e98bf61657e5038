package io.pagecache.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.ProxyStats;
import io.pagecache.status.Reason;
import org.junit.jupiter.api.Test;

class TopPathsTest {

    @Test
    void shouldFindTheFrequentAmongManyRareInBoundedMemory() {
        TopPaths paths = new TopPaths();
        for (int i = 0; i < 10_000; i++) {
            paths.count("/rare/" + i, Reason.PRIVATE);
            if (i % 10 == 0) {
                paths.count("/often", Reason.SET_COOKIE);
            }
        }

        ProxyStats.Uncacheable first = paths.top(10).getFirst();

        assertThat(first.path()).isEqualTo("/often");
        assertThat(first.reason()).isEqualTo("set-cookie");
        assertThat(first.count()).isGreaterThanOrEqualTo(1000);
        assertThat(paths.top(10)).hasSize(10);
    }
}
