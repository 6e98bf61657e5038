package io.pagecache.operator.run;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Our definitions on an API server. */
final class Definitions {
    private Definitions() {}

    static void install(KubernetesClient admin) {
        List.of("pagecachepolicies", "pagecachepurges").forEach(plural -> install(admin, plural));
    }

    private static void install(KubernetesClient admin, String plural) {
        CustomResourceDefinition definition = admin.apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(Definitions.class.getResourceAsStream(
                        "/META-INF/pagecache/crds/" + plural + ".pagecache.io.yaml"))
                .item();
        admin.resource(definition).serverSideApply();
        admin.resource(definition)
                .waitUntilCondition(
                        found -> found != null
                                && found.getStatus() != null
                                && found.getStatus().getConditions() != null
                                && found.getStatus().getConditions().stream()
                                        .anyMatch(condition -> "Established".equals(condition.getType())
                                                && "True".equals(condition.getStatus())),
                        30,
                        TimeUnit.SECONDS);
    }
}
