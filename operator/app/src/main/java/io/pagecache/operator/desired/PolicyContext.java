package io.pagecache.operator.desired;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.ProxySpec;
import io.pagecache.plan.CachePlan;

/** What the desired objects of one pass are made from, computed once. */
public record PolicyContext(PageCachePolicy policy, CachePlan plan, ProxyRuntime runtime) {

    public PolicyChildren children() {
        return PolicyChildren.of(policy);
    }

    ProxySpec proxy() {
        return policy.getSpec().proxy();
    }

    ReferencedObjects references() {
        return ReferencedObjects.of(plan.pages());
    }

    PodFiles files() {
        return PodFiles.of(proxy(), policy.getSpec().origin());
    }

    ProxySpec.ProxyForm form() {
        ProxySpec.ProxyForm wanted = proxy().form();
        return wanted == null ? runtime.form() : wanted;
    }

    String image() {
        return switch (form()) {
            case JVM -> runtime.image();
            case NATIVE -> runtime.nativeImage();
        };
    }

    PodShape shape() {
        return PodShape.of(this);
    }
}
