package io.pagecache.operator.hooks;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.api.v1alpha1.PurgingSpec.Hook;
import io.pagecache.api.v1alpha1.PurgingSpec.HookKey;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.policy.DurationText;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Makes one call of a hook. Its answer's body is not read. */
@Singleton
public class HookClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private final KubernetesClient cluster;
    private final EgressRules egress;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public HookClient(KubernetesClient cluster, OperatorConfig config, Clock clock) {
        this.cluster = cluster;
        this.egress = new EgressRules(config.hooks().hosts());
        this.clock = clock;
    }

    /**
     * Why the call failed, or empty when it was answered with a status of success.
     *
     * @param delivery names the message: the same one when it is sent again
     */
    Optional<String> call(String namespace, Hook hook, String delivery, String body) throws InterruptedException {
        URI url = URI.create(hook.url());
        Optional<String> refused = egress.problemOf(url, namespace);
        if (refused.isPresent()) {
            return refused;
        }
        try {
            Optional<byte[]> key = key(namespace, hook.secretRef());
            if (key.isEmpty()) {
                return Optional.of("Secret %s has no key '%s'"
                        .formatted(hook.secretRef().name(), hook.secretRef().key()));
            }
            HttpRequest request = HttpRequest.newBuilder(url)
                    .timeout(DurationText.parseChecked(hook.timeout()))
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "pagecache-operator")
                    .header("Pagecache-Delivery", delivery)
                    .header("Pagecache-Signature", HookSignature.of(key.get(), clock.instant(), body))
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
            return answer.statusCode() / 100 == 2
                    ? Optional.empty()
                    : Optional.of("answered with status " + answer.statusCode());
        } catch (IOException e) {
            String message = e.getMessage();
            return Optional.of(message == null ? e.getClass().getSimpleName() : message);
        }
    }

    private Optional<byte[]> key(String namespace, HookKey ref) {
        Secret secret =
                cluster.secrets().inNamespace(namespace).withName(ref.name()).get();
        return Optional.ofNullable(secret)
                .flatMap(found -> Optional.ofNullable(found.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(ref.key())))
                .filter(encoded -> !encoded.isEmpty())
                .map(encoded -> Base64.getDecoder().decode(encoded));
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }
}
