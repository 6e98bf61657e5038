package io.pagecache.template;

import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The {@code pages} part of a plan for tests. */
final class SamplePages {
    private SamplePages() {}

    /** With these values and the elements {@code greeting} and {@code menu}. */
    static Pages withValues(String... values) {
        return of(
                List.of(values),
                new Pages.Element("greeting", "Hi {user}", "nobody"),
                new Pages.Element("menu", "{#for i in session.items}<li>{i}</li>{/for}", ""));
    }

    static Pages of(List<String> values, Pages.Element... elements) {
        Stream<Pages.Value> declared = values.stream()
                .map(name -> new Pages.Value(
                        name, new ValueSource.Cookie(name), Duration.ZERO, Duration.ofMillis(100), null));
        return new Pages(Pages.NONE.markers(), declared.toList(), List.of(elements));
    }
}
