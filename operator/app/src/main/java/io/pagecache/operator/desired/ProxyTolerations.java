package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.pagecache.api.v1alpha1.ProxySpec;
import org.jspecify.annotations.Nullable;

/** The policy's tolerations in Kubernetes' words. */
final class ProxyTolerations {
    private ProxyTolerations() {}

    static Toleration of(ProxySpec.Toleration from) {
        return new TolerationBuilder()
                .withKey(from.key())
                .withOperator(operator(from.operator()))
                .withValue(from.value())
                .withEffect(effect(from.effect()))
                .withTolerationSeconds(from.tolerationSeconds())
                .build();
    }

    private static String operator(ProxySpec.TolerationOperator operator) {
        return switch (operator) {
            case EQUAL -> "Equal";
            case EXISTS -> "Exists";
        };
    }

    private static @Nullable String effect(ProxySpec.@Nullable TaintEffect effect) {
        return switch (effect) {
            case null -> null;
            case NO_SCHEDULE -> "NoSchedule";
            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
            case NO_EXECUTE -> "NoExecute";
        };
    }
}
