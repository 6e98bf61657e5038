package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.PagesSpec;
import io.pagecache.api.v1alpha1.RuleSpec;
import io.pagecache.api.v1alpha1.StoreSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class NameChecks {
    private NameChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        return duplicate(Field.each("spec.rules", ".name", spec.rules(), RuleSpec::name))
                .or(() -> duplicate(
                        Field.each("spec.pages.values", ".name", spec.pages().values(), PagesSpec.Value::name)))
                .or(() -> duplicate(
                        Field.each("spec.pages.elements", ".name", spec.pages().elements(), PagesSpec.Element::name)))
                .or(() -> duplicate(
                        Field.each("spec.pages.stores", ".name", spec.pages().stores(), StoreSpec::name)));
    }

    private static Optional<Finding> duplicate(List<Field<String>> names) {
        Set<String> seen = new HashSet<>();
        return Field.firstWrong(
                names,
                name -> seen.add(name)
                        ? Optional.empty()
                        : Optional.of("'%s' is used before: expected a name of its own".formatted(name)));
    }
}
