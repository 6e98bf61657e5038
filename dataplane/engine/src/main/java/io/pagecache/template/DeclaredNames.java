package io.pagecache.template;

import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import java.util.HashSet;
import java.util.Set;

/**
 * What a policy gives names to.
 *
 * @param values all values
 * @param counters values that can be counted up and down
 * @param entries values that can be taken out of their store
 */
record DeclaredNames(Set<String> values, Set<String> counters, Set<String> entries, Set<String> elements) {

    static DeclaredNames of(Pages pages) {
        DeclaredNames names = new DeclaredNames(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (Pages.Value value : pages.values()) {
            names.values.add(value.name());
            if (value.source() instanceof ValueSource.Counter) {
                names.counters.add(value.name());
            } else if (value.source() instanceof ValueSource.Entry) {
                names.entries.add(value.name());
            }
        }
        pages.elements().forEach(element -> names.elements.add(element.name()));
        return names;
    }
}
