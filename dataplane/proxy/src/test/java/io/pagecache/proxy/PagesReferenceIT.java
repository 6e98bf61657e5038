package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.ValueSource.Cookie.Form;
import io.pagecache.plan.ValueSource.Entry.Format;
import io.pagecache.plan.ValueStore;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.StoreProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/reference/pages.md, with the values of its policy. */
@Tag("seed:T8")
@Tag("seed:T26")
@Tag("seed:T29")
class PagesReferenceIT {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "reference", "pages.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(.*<!--pc:.*)` \\| (?:`(.*?)`)? ?\\| `(.*)` \\|$");
    private static final String STORED = "And with a store";

    @TempDir
    Path directory;

    private record Example(String page, String field, String becomes) {}

    @Test
    @DisplayName("T8, T26, T29: every example of the reference")
    void shouldDoWhatTheReferenceSays() throws Exception {
        String text = Files.readString(DOCUMENT);
        List<Example> examples = examples(text.substring(0, text.indexOf(STORED)));
        try (Stage stage = new Stage(directory, plan(List.of()))) {
            assertThat(examples).hasSizeGreaterThan(12);
            shouldBecome(stage, examples);
        }
    }

    @Test
    @DisplayName("T27, T28: every example with a store")
    void shouldDoWhatTheReferenceSaysOfStores() throws Exception {
        String text = Files.readString(DOCUMENT);
        List<Example> examples = examples(text.substring(text.indexOf(STORED)));
        try (StoreProcess store = StoreProcess.start(StoreProcess.Kind.MEMCACHED)) {
            store.holds("flash:ann", "Saved");
            store.holds("session:ann", "{\"name\":\"Ann\"}");
            ValueStore.Kind kind = new ValueStore.Memcached(List.of(store.address()));
            List<ValueStore> stores = List.of(new ValueStore("s", kind, Duration.ofSeconds(5)));
            try (Stage stage = new Stage(directory, plan(stores))) {
                assertThat(examples).hasSizeGreaterThan(7);
                shouldBecome(stage, examples);
            }
        }
    }

    private static void shouldBecome(Stage stage, List<Example> examples) {
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            stage.origin.answers("/" + i, example.page(), "Content-Type", "text/html; charset=utf-8");
            int colon = example.field().indexOf(": ");
            String[] fields = colon < 0
                    ? new String[0]
                    : new String[] {
                        example.field().substring(0, colon), example.field().substring(colon + 2)
                    };
            assertThat(stage.visitor.get("/" + i, fields).text())
                    .as(example.toString())
                    .isEqualTo(example.becomes());
        }
    }

    private static List<Example> examples(String text) throws IOException {
        List<Example> examples = new ArrayList<>();
        Matcher row = ROW.matcher(text);
        while (row.find()) {
            String field = row.group(2) == null ? "" : row.group(2);
            examples.add(new Example(row.group(1).replace("\\|", "|"), field, row.group(3)));
        }
        return examples;
    }

    private static SamplePlan plan(List<ValueStore> stores) {
        List<Pages.Value> values = new ArrayList<>(List.of(
                value("user", new ValueSource.Cookie("user"), null),
                value("n", new ValueSource.Query("n"), null),
                value("cart", new ValueSource.Cookie("cart", Form.BASE64_JSON, null), "{\"items\": []}")));
        if (!stores.isEmpty()) {
            values.add(value("views", new ValueSource.Counter("s", "views"), null));
            values.add(value("flash", new ValueSource.Entry("s", "flash:{cookie:sid}", Format.TEXT), null));
            values.add(value("session", new ValueSource.Entry("s", "session:{cookie:sid}", Format.JSON), null));
        }
        Pages.Element greeting = new Pages.Element(
                "greeting", "{#if user}Hello <b>{user}</b>{#else}<a href='/login'>Log in</a>{/if}", "");
        SamplePlan plan = SamplePlan.plan();
        plan.elements = Behaviour.Elements.ON;
        plan.pages = new Pages(Pages.NONE.markers(), values, List.of(greeting), stores, Duration.ofSeconds(10));
        return plan;
    }

    private static Pages.Value value(String name, ValueSource source, String fallbackJson) {
        return new Pages.Value(name, source, Duration.ZERO, Duration.ofSeconds(10), fallbackJson);
    }
}
