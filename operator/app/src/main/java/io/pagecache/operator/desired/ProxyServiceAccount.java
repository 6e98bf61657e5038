package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/** An identity without rights and without a token: proxies never talk to the API server. */
public final class ProxyServiceAccount {
    private ProxyServiceAccount() {}

    public static ServiceAccount desired(PolicyContext context) {
        PolicyChildren children = context.children();
        return new ServiceAccountBuilder()
                .withMetadata(children.metadata(children.name()).build())
                .withAutomountServiceAccountToken(false)
                .withImagePullSecrets(context.runtime().imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .build();
    }
}
