package io.pagecache.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Authors;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Proxies;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Purge;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.WarmUp;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.observe.PlanRollout;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status that the reconciler owns: all of it but the statistics, which have a writer and a field manager of their own. */
public final class PolicyReport {
    private PolicyReport() {}

    /** How far that has come which takes its time. */
    public record Progress(
            @Nullable Purge purge,
            @Nullable WarmUp warmUp,
            @Nullable Authors authors) {}

    public static PageCachePolicyStatus status(
            PageCachePolicy policy, PolicySituation situation, Progress progress, Instant now) {
        PageCachePolicyStatus before = policy.getStatus();
        Long generation = policy.getMetadata().getGeneration();
        PlanRollout rollout = situation.rollout();
        return new PageCachePolicyStatus(
                generation,
                situation.revision(),
                PolicyChildren.of(policy).address(),
                Conditions.of(
                        PolicyConditions.of(situation), before == null ? null : before.conditions(), generation, now),
                Proxies.of(rollout.desired(), rollout.ready(), rollout.programmed()),
                null,
                progress.purge(),
                progress.warmUp(),
                progress.authors());
    }

    /** What was true, except that nobody knows whether it still is: the pass failed half-way. */
    public static PageCachePolicyStatus failure(PageCachePolicy policy, Exception failure, Instant now) {
        PageCachePolicyStatus before = policy.getStatus();
        List<Condition> old = before == null || before.conditions() == null ? List.of() : before.conditions();
        Finding unknown = Finding.unknown(ConditionType.PROGRAMMED, "PassFailed", messageOf(failure));
        List<Condition> conditions = Stream.concat(
                        old.stream().filter(condition -> !"Programmed".equals(condition.getType())),
                        Conditions.of(
                                List.of(unknown), old, policy.getMetadata().getGeneration(), now)
                                .stream())
                .toList();
        return new PageCachePolicyStatus(
                before == null ? null : before.observedGeneration(),
                before == null ? null : before.revision(),
                PolicyChildren.of(policy).address(),
                conditions,
                before == null ? null : before.proxies(),
                null,
                before == null ? null : before.purge(),
                before == null ? null : before.warmUp(),
                before == null ? null : before.authors());
    }

    /** The API server's own words without the request around them. */
    private static String messageOf(Exception failure) {
        String message = failure instanceof KubernetesClientException refused && refused.getStatus() != null
                ? refused.getStatus().getMessage()
                : failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** Whether writing the status would change nothing. */
    public static boolean isWritten(PageCachePolicy policy, PageCachePolicyStatus status) {
        PageCachePolicyStatus before = policy.getStatus();
        return before != null && withoutStatistics(before).equals(status);
    }

    private static PageCachePolicyStatus withoutStatistics(PageCachePolicyStatus status) {
        return new PageCachePolicyStatus(
                status.observedGeneration(),
                status.revision(),
                status.address(),
                status.conditions(),
                status.proxies(),
                null,
                status.purge(),
                status.warmUp(),
                status.authors());
    }
}
