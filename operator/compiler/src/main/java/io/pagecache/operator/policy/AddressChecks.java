package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.BypassSpec;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.plan.Cidr;
import io.pagecache.plan.InvalidPlanException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

final class AddressChecks {
    private AddressChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        List<Field<String>> blocks = Field.concat(
                Field.each("spec.bypass.clientIPs", ".cidr", spec.bypass().clientIPs(), BypassSpec.ClientIp::cidr),
                Field.each("spec.proxy.trustedProxies", "", spec.proxy().trustedProxies(), Function.identity()));
        return Field.firstWrong(blocks, AddressChecks::problemOf);
    }

    private static Optional<String> problemOf(String block) {
        try {
            Cidr.parse("", block);
            return Optional.empty();
        } catch (InvalidPlanException e) {
            return Optional.of("'%s': expected an address block such as 10.1.0.0/16 or 2001:db8::/32".formatted(block));
        }
    }
}
