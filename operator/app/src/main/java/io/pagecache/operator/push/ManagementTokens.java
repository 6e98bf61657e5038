package io.pagecache.operator.push;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.pagecache.operator.desired.ManagementSecret;
import io.pagecache.operator.desired.PolicyChildren;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bearer tokens of the proxies' management ports. A policy's Secret is read by its name and never listed or watched, so that
 * the operator needs no right to enumerate Secrets; what was read is remembered for a minute.
 */
@Singleton
public class ManagementTokens {
    private static final Duration REMEMBERED = Duration.ofSeconds(60);
    private static final int TOKEN_BYTES = 32;

    private final KubernetesClient client;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    public ManagementTokens(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** The policy's token; its Secret is created when there is none. */
    public String tokenOf(HasMetadata policy) {
        Instant now = clock.instant();
        known.values().removeIf(entry -> entry.readAt().plus(REMEMBERED).isBefore(now));
        String uid = policy.getMetadata().getUid();
        Known entry = known.get(uid);
        if (entry == null) {
            entry = new Known(readOrCreate(policy), now);
            known.put(uid, entry);
        }
        return entry.token();
    }

    private String readOrCreate(HasMetadata policy) {
        PolicyChildren children = PolicyChildren.of(policy);
        Resource<Secret> location =
                client.secrets().inNamespace(children.namespace()).withName(children.managementSecret());
        Secret stored = location.get();
        if (stored == null) {
            stored = create(policy, location);
        }
        requireOurs(policy, stored);
        @Nullable Map<String, String> data = stored.getData();
        String encoded = data == null ? null : data.get(PolicyChildren.TOKEN_KEY);
        if (encoded == null) {
            throw new IllegalStateException("Secret %s/%s has no key '%s': delete it and it is made anew"
                    .formatted(children.namespace(), children.managementSecret(), PolicyChildren.TOKEN_KEY));
        }
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    /** After a policy was deleted and created again, its predecessor's Secret is still there until it is garbage-collected. */
    private static void requireOurs(HasMetadata policy, Secret stored) {
        List<OwnerReference> owners = stored.getMetadata().getOwnerReferences();
        String uid = policy.getMetadata().getUid();
        if (!owners.isEmpty() && owners.stream().noneMatch(owner -> uid.equals(owner.getUid()))) {
            throw new IllegalStateException("Secret %s/%s belongs to another owner (%s %s)"
                    .formatted(
                            stored.getMetadata().getNamespace(),
                            stored.getMetadata().getName(),
                            owners.getFirst().getKind(),
                            owners.getFirst().getUid()));
        }
    }

    private Secret create(HasMetadata policy, Resource<Secret> location) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        Secret made = ManagementSecret.desired(
                policy, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        try {
            return client.resource(made).create();
        } catch (KubernetesClientException e) {
            Secret others = e.getCode() == HttpURLConnection.HTTP_CONFLICT ? location.get() : null;
            if (others == null) {
                throw e;
            }
            return others;
        }
    }

    /** A record prints its components; this one holds a credential. */
    private record Known(String token, Instant readAt) {
        @Override
        public String toString() {
            return "Known[readAt=" + readAt + "]";
        }
    }
}
