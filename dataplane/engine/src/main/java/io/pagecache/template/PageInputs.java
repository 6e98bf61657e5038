package io.pagecache.template;

import io.pagecache.esi.EsiVariables;
import java.util.Map;

/**
 * What one reader's copy of a page is made of.
 *
 * @param values what was looked up, by name, fallbacks already in place; a name that is not there is a missing value
 * @param fragments what calls have brought so far
 */
public record PageInputs(Map<String, PageValue> values, EsiVariables variables, Map<FragmentCall, Fragment> fragments) {
    static PageInputs ofValues(Map<String, PageValue> values) {
        return new PageInputs(values, EsiVariables.NONE, Map.of());
    }
}
