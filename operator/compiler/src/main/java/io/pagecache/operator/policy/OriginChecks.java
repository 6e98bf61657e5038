package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.PagesSpec.HttpSource;
import java.util.List;
import java.util.Optional;

final class OriginChecks {
    private OriginChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        List<Field<String>> urls = Field.concat(
                Field.ofNullable("spec.origin.url", spec.origin().url()),
                Field.eachOf("spec.pages.values", spec.pages().values(), (path, value) -> {
                    HttpSource http = value.http();
                    return Field.ofNullable(path + ".http.url", http == null ? null : http.url());
                }));
        return Field.firstWrong(
                urls,
                url -> OriginUrl.parse(url).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                "'%s': expected http://host[:port] or https://host[:port] with a port of 1 to 65535"
                                        .formatted(url)));
    }
}
