package io.pagecache.operator.policy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.ProxySpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an API server would refuse in the pods, long after it took the policy; and memory that the cache does not fit into. */
final class ResourceChecks {
    private static final String MEMORY = "memory";

    private ResourceChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        ProxySpec.Resources resources = spec.proxy().resources();
        return Field.firstWrong(
                        Field.concat(
                                fields("spec.proxy.resources.limits", resources.limits()),
                                fields("spec.proxy.resources.requests", resources.requests())),
                        ResourceChecks::mustBeQuantity)
                .or(() -> requestsAboveLimits(resources))
                .or(() -> tooLittleMemory(
                        spec.proxy().cacheSize(), resources.limits().get(MEMORY)));
    }

    private static List<Field<Quantity>> fields(String path, Map<String, Quantity> quantities) {
        return new TreeMap<>(quantities)
                .entrySet().stream()
                        .map(entry -> Field.of(path + "." + entry.getKey(), entry.getValue()))
                        .toList();
    }

    private static Optional<String> mustBeQuantity(Quantity quantity) {
        try {
            if (Quantity.getAmountInBytes(quantity).signum() >= 0) {
                return Optional.empty();
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same words: the library's own say nothing of what was expected.
        }
        return Optional.of("'%s': expected a quantity such as 500m or 1Gi".formatted(quantity));
    }

    private static Optional<Finding> requestsAboveLimits(ProxySpec.Resources resources) {
        for (Map.Entry<String, Quantity> request : new TreeMap<>(resources.requests()).entrySet()) {
            String name = request.getKey();
            Quantity limit = resources.limits().get(name);
            if (limit != null && amount(request.getValue()).compareTo(amount(limit)) > 0) {
                return Optional.of(new Finding(
                        "spec.proxy.resources.requests." + name,
                        "'%s' is more than spec.proxy.resources.limits.%s, '%s'"
                                .formatted(request.getValue(), name, limit)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> tooLittleMemory(String cacheSize, @Nullable Quantity limit) {
        OptionalLong cache = ByteQuantity.parse(cacheSize);
        if (limit == null || cache.isEmpty()) {
            return Optional.empty();
        }
        ProxyMemory memory = ProxyMemory.forCache(cache.getAsLong());
        return amount(limit).compareTo(BigDecimal.valueOf(memory.leastBytes())) >= 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        "spec.proxy.resources.limits.memory",
                        "'%s' is too little for spec.proxy.cacheSize '%s': expected at least %dMi, better %s"
                                .formatted(limit, cacheSize, memory.leastBytes() >> 20, memory.containerQuantity())));
    }

    private static BigDecimal amount(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
    }
}
