package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.PagesSpec;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

record TemplateChecks(TemplateCheck templates) {

    Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        Set<String> values =
                spec.pages().values().stream().map(PagesSpec.Value::name).collect(Collectors.toSet());
        return Field.firstWrong(
                Field.each("spec.pages.elements", ".template", spec.pages().elements(), PagesSpec.Element::template),
                template -> templates.problemOf(template).or(() -> TemplateValues.problemOf(template, values)));
    }
}
