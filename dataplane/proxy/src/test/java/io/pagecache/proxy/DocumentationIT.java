package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.ValueStore;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.status.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the reference pages list is what there is. */
@Tag("seed:W78")
class DocumentationIT {
    private static final Path REFERENCE = Path.of("..", "..", "docs", "reference");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([a-z0-9_-]+)`");

    @TempDir
    Path directory;

    @Test
    void shouldExplainEveryReason() throws IOException {
        List<String> tokens = Arrays.stream(Reason.values()).map(Reason::token).toList();

        assertThat(firstCells("reasons.md")).containsExactlyElementsOf(tokens);
    }

    @Test
    void shouldExplainEveryMetric() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        ValueStore store = new ValueStore("s", new ValueStore.Memcached(List.of("127.0.0.1:1")), Duration.ofSeconds(1));
        Pages.Value service = new Pages.Value(
                "v",
                new ValueSource.Http("http://127.0.0.1:1/", List.of()),
                Duration.ZERO,
                Duration.ofSeconds(1),
                null);
        plan.pages = new Pages(Pages.NONE.markers(), List.of(service), List.of(), List.of(store), Pages.DEADLINE);
        Files.createDirectories(directory.resolve("certificates")); // those of TLS are there where it is
        try (Stage stage = new Stage(directory, plan)) {
            stage.visitor.get("/a");
            await().until(() -> stage.proxy.dataplane().stats().requests() == 1);
            TreeSet<String> shown = new TreeSet<>();
            for (Meter meter : stage.proxy.meters.getMeters()) {
                // The buckets are meters of their own here; Prometheus has them within the timer.
                if (!meter.getId().getName().endsWith(".histogram")) {
                    shown.add(prometheusName(meter.getId()));
                }
            }

            assertThat(new TreeSet<>(firstCells("metrics.md"))).isEqualTo(shown);
        }
    }

    private static String prometheusName(Meter.Id id) {
        String name = id.getName().replace('.', '_');
        return switch (id.getType()) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            default -> name;
        };
    }

    private static List<String> firstCells(String page) throws IOException {
        return FIRST_CELL
                .matcher(Files.readString(REFERENCE.resolve(page)))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
