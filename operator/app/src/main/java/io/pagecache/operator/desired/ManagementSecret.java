package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/** The bearer token of the proxies' management port: made once, then kept. */
public final class ManagementSecret {
    private ManagementSecret() {}

    public static Secret desired(HasMetadata policy, String token) {
        PolicyChildren children = PolicyChildren.of(policy);
        return new SecretBuilder()
                .withMetadata(children.metadata(children.managementSecret())
                        .withOwnerReferences(PolicyChildren.ownerReference(policy))
                        .build())
                .withType("Opaque")
                .addToStringData(PolicyChildren.TOKEN_KEY, token)
                .build();
    }
}
