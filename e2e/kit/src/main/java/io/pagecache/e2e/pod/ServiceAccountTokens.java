package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tokens of one pod, bound to it (they die with it), renewed long before they expire. */
final class ServiceAccountTokens {
    private static final long DEFAULT_SECONDS = 3600;

    private final KubernetesClient client;
    private final Pod pod;
    private final Map<String, Issued> issued = new HashMap<>();

    ServiceAccountTokens(KubernetesClient client, Pod pod) {
        this.client = client;
        this.pod = pod;
    }

    String token(ServiceAccountTokenProjection wanted) throws StartBlocked {
        String audience = wanted.getAudience() == null ? "" : wanted.getAudience();
        Issued known = issued.get(audience);
        if (known != null && Instant.now().isBefore(known.renewAt())) {
            return known.token();
        }
        try {
            Issued fresh = issue(audience, wanted.getExpirationSeconds());
            issued.put(audience, fresh);
            return fresh.token();
        } catch (KubernetesClientException e) {
            if (known != null) {
                return known.token(); // still valid: half of its life is left
            }
            throw new StartBlocked("ContainerCreating", "no token for the ServiceAccount: " + e.getMessage());
        }
    }

    private Issued issue(String audience, Long seconds) {
        long lifetime = seconds == null ? DEFAULT_SECONDS : seconds;
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(audience.isEmpty() ? List.of() : List.of(audience))
                .withExpirationSeconds(lifetime)
                .withNewBoundObjectRef(
                        "v1",
                        "Pod",
                        pod.getMetadata().getName(),
                        pod.getMetadata().getUid())
                .endSpec()
                .build();
        TokenRequestStatus answer = client.serviceAccounts()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getSpec().getServiceAccountName())
                .tokenRequest(request)
                .getStatus();
        return new Issued(answer.getToken(), Instant.now().plus(Duration.ofSeconds(lifetime / 2)));
    }

    private record Issued(String token, Instant renewAt) {}
}
