package io.pagecache.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmark of the wiki with a small crowd: what it counts, not how fast. */
@Tag("seed:W1")
@Tag("seed:W2")
@Tag("seed:W59")
class WikiBenchmarkIT {

    @Test
    @DisplayName("W1, W2: a crowd at a page that nobody has asked for yet is one request at the origin, then none")
    void shouldServeACrowdByOneRequest() throws Exception {
        List<WikiBenchmark.Row> rows = WikiBenchmark.run(List.of(300), Duration.ofMillis(500));

        assertThat(rows).extracting(WikiBenchmark.Row::built).containsExactly(1L, 0L);
        assertThat(rows).allSatisfy(row -> assertThat(row.outcome().failed()).isZero());
    }
}
