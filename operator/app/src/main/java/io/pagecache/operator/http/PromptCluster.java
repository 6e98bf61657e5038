package io.pagecache.operator.http;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The API server for callers who wait: one try, within seconds. A try that is repeated behind the back of somebody who was told 503
 * might still purge.
 */
@Singleton
public class PromptCluster {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KubernetesClient client;

    public PromptCluster(KubernetesClient client) {
        this.client = client.newClient(new RequestConfigBuilder()
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout((int) PATIENCE.toMillis())
                        .build())
                .adapt(KubernetesClient.class);
    }

    KubernetesClient client() {
        return client;
    }
}
