package io.pagecache.operator.reconcile.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.Policies;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.ledger.LedgerStore;
import io.pagecache.operator.status.AnnotationPurge;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationPurgesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void shouldFollowAPurgeWhoseAnnotationIsGoneToItsEnd() {
        PageCachePolicy policy = Policies.shop("");
        LedgerPage page = LedgerPage.EMPTY.takeUp("all @1", PurgeMode.HARD, List.of(new PurgeScope.All()), NOW);

        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            AnnotationPurges purges = new AnnotationPurges(new LedgerStore(client), Clock.fixed(NOW, ZoneOffset.UTC));

            assertThat(purges.takeUp(policy, stored(page)).purge())
                    .isEqualTo(new AnnotationPurge.Ordered("all @1", page.find("all @1")));
        }
    }

    private static ConfigMap stored(LedgerPage page) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .addToAnnotations("pagecache.io/purge-taken-up", page.annotation())
                .endMetadata()
                .addToData("purges.json", PlanJson.write(page.ledger()))
                .build();
    }
}
