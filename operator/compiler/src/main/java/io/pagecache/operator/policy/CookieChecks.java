package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.CacheBehaviour;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import java.util.List;
import java.util.Optional;

final class CookieChecks {
    private CookieChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        return Field.firstWrong(
                Field.concat(
                        requestCookies("spec.defaults", spec.defaults()),
                        Field.eachOf("spec.rules", spec.rules(), CookieChecks::requestCookies)),
                text -> RequestCookiesText.parse(text).isPresent()
                        ? Optional.empty()
                        : Optional.of("'%s': expected Forward, Strip or Only(name, name)".formatted(text)));
    }

    private static List<Field<String>> requestCookies(String path, CacheBehaviour behaviour) {
        return Field.ofNullable(path + ".requestCookies", behaviour.requestCookies());
    }
}
