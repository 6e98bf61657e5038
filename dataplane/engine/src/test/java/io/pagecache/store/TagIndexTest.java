package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:W51")
class TagIndexTest {
    private final TagIndex index = new TagIndex();

    @Test
    void shouldFindPagesByTag() {
        index.replace(page(1), List.of(), List.of("a", "b"));
        index.replace(page(2), List.of(), List.of("b"));

        assertThat(index.pagesWith("a")).containsExactly(page(1));
        assertThat(index.pagesWith("b")).containsExactlyInAnyOrder(page(1), page(2));
        assertThat(index.pagesWith("c")).isEmpty();
    }

    @Test
    void shouldFollowChangeOfTags() {
        index.replace(page(1), List.of(), List.of("a", "b"));

        index.replace(page(1), List.of("a", "b"), List.of("b", "c"));

        assertThat(index.pagesWith("a")).isEmpty();
        assertThat(index.pagesWith("b")).containsExactly(page(1));
        assertThat(index.pagesWith("c")).containsExactly(page(1));
    }

    @Test
    void shouldKeepNothingOfPagesThatLeft() {
        Random random = new Random(7);
        Map<VariantKey, List<String>> tagged = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            VariantKey page = page(random.nextInt(200));
            List<String> before = tagged.getOrDefault(page, List.of());
            List<String> after = new ArrayList<>();
            for (int tag = 0; tag < 10; tag++) {
                if (random.nextInt(3) == 0) {
                    after.add("tag" + tag);
                }
            }
            index.replace(page, before, after);
            tagged.put(page, after);
        }
        for (int tag = 0; tag < 10; tag++) {
            String name = "tag" + tag;
            List<VariantKey> expected = tagged.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(name))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(index.pagesWith(name)).containsExactlyInAnyOrderElementsOf(expected);
        }

        tagged.forEach((page, tags) -> index.replace(page, tags, List.of()));

        assertThat(index.isEmpty()).isTrue();
    }

    private static VariantKey page(int number) {
        return new VariantKey(SamplePage.keyOf("/" + number), List.of(), List.of());
    }
}
