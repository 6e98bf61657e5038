package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.plan.CachePlan;
import java.util.Optional;
import java.util.OptionalLong;

final class SizeChecks {
    private SizeChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        String body = spec.http().maxRequestBody();
        if (ByteQuantity.parse(body).isEmpty()) {
            return Optional.of(
                    new Finding("spec.http.maxRequestBody", "'%s': expected a quantity such as 100Mi".formatted(body)));
        }
        String text = spec.proxy().cacheSize();
        OptionalLong bytes = ByteQuantity.parse(text);
        return bytes.isPresent() && bytes.getAsLong() >= CachePlan.MIN_CACHE_BYTES
                ? Optional.empty()
                : Optional.of(new Finding(
                        "spec.proxy.cacheSize",
                        "'%s': expected a quantity of at least 1Mi, such as 256Mi".formatted(text)));
    }
}
