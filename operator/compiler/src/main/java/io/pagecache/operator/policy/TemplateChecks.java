package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.PagesSpec;
import java.util.Optional;

record TemplateChecks(TemplateCheck templates) {

    Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        return Field.firstWrong(
                Field.each("spec.pages.elements", ".template", spec.pages().elements(), PagesSpec.Element::template),
                templates::problemOf);
    }
}
