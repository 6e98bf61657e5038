package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the API server what changed, and tells it again later when it could not be reached. */
final class StatusWriter {
    private static final Duration RETRY = Duration.ofMillis(500);

    private final KubernetesClient client;
    private @Nullable PodStatus written;
    private Instant notBefore = Instant.MIN;

    StatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /** The uid in the patch makes the server refuse it for another pod of the same name. */
    void write(Pod pod, PodStatus status, Instant now) {
        if (status.equals(written) || now.isBefore(notBefore)) {
            return;
        }
        Map<String, Object> patch =
                Map.of("metadata", Map.of("uid", pod.getMetadata().getUid()), "status", status);
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
            written = status;
        } catch (KubernetesClientException e) {
            notBefore = now.plus(RETRY);
        }
    }
}
