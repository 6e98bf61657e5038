package io.pagecache.operator.http;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the API server who a token belongs to and what that subject may do. Nothing is remembered: a right taken away is gone at once. */
@Singleton
public class ClusterPermissions {
    private static final String SCHEME = "Bearer ";

    private final PromptCluster cluster;

    public ClusterPermissions(PromptCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Whether the caller may purge the policy: by creating a {@code PageCachePurge} in its namespace, or by annotating it.
     *
     * @param authorization the header field, or null
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server does not answer
     */
    Permission toPurge(@Nullable String authorization, String namespace, String policy) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Permission.Unknown("expected Authorization: Bearer and a token of the cluster");
        }
        UserInfo user = userOf(authorization.substring(SCHEME.length()).strip());
        if (user == null) {
            return new Permission.Unknown("the API server does not know this token");
        }
        boolean allowed = may(user, creating(namespace)) || may(user, annotating(namespace, policy));
        return allowed
                ? new Permission.Granted(user.getUsername())
                : new Permission.Denied(
                        "%s may neither create pagecachepurges.%s in namespace %s nor patch pagecachepolicy %s"
                                .formatted(user.getUsername(), PageCachePolicy.GROUP, namespace, policy));
    }

    private @Nullable UserInfo userOf(String token) {
        if (token.isEmpty()) {
            return null;
        }
        TokenReview review = cluster.client()
                .tokenReviews()
                .create(new TokenReviewBuilder()
                        .withNewSpec()
                        .withToken(token)
                        .endSpec()
                        .build());
        TokenReviewStatus status = review.getStatus();
        return status != null && Boolean.TRUE.equals(status.getAuthenticated()) ? status.getUser() : null;
    }

    private boolean may(UserInfo user, ResourceAttributes wanted) {
        SubjectAccessReview question = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user.getUsername())
                .withUid(user.getUid())
                .withGroups(user.getGroups())
                .withExtra(Objects.requireNonNullElse(user.getExtra(), Map.of()))
                .withResourceAttributes(wanted)
                .endSpec()
                .build();
        SubjectAccessReview review =
                cluster.client().authorization().v1().subjectAccessReview().create(question);
        return review.getStatus() != null
                && Boolean.TRUE.equals(review.getStatus().getAllowed());
    }

    private static ResourceAttributes creating(String namespace) {
        return new ResourceAttributesBuilder()
                .withGroup(PageCachePolicy.GROUP)
                .withResource("pagecachepurges")
                .withVerb("create")
                .withNamespace(namespace)
                .build();
    }

    private static ResourceAttributes annotating(String namespace, String policy) {
        return new ResourceAttributesBuilder()
                .withGroup(PageCachePolicy.GROUP)
                .withResource("pagecachepolicies")
                .withVerb("patch")
                .withNamespace(namespace)
                .withName(policy)
                .build();
    }
}
