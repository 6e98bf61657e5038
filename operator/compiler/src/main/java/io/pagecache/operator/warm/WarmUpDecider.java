package io.pagecache.operator.warm;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.WarmUpSpec;
import io.pagecache.operator.warm.WarmUpMemory.Run;
import io.pagecache.plan.WarmUpOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides which warm-up is wanted, from what a policy says and what is remembered. The id of a run follows from what began
 * it, so deciding twice never begins two: not after a crash, and not in a second operator.
 */
public final class WarmUpDecider {
    private static final String CANCEL = "cancel";
    private static final int LONGEST_NAME = 80;

    private WarmUpDecider() {}

    /**
     * @param purges number of the newest purge in the ledger
     * @return empty when the policy asks for no warm-up
     */
    public static Optional<WarmUpDecision> decide(
            PageCachePolicy policy, WarmUpMemory before, long purges, Instant now) {
        WarmUpSpec spec = policy.getSpec().warmUp();
        if (spec == null) {
            return Optional.empty();
        }
        String known = before.annotation();
        String annotation = annotationOf(policy);
        String news = annotation == null || annotation.equals(known) ? null : annotation;
        long seen = Objects.requireNonNullElse(before.purgeSequence(), purges);
        Optional<Run> current = current(policy, spec, before, now);
        Optional<Run> wanted = ordered(news, now)
                .or(() -> scheduled(policy, spec, current, now))
                .or(() -> afterPurge(spec, purges, seen, now))
                .or(() -> current.map(run -> isCancelling(news) ? run.cancel() : run));
        return Optional.of(new WarmUpDecision(
                wanted.map(run -> target(policy.getSpec(), spec, run)).orElse(null),
                annotation == null ? known : annotation,
                Math.max(purges, seen),
                next(spec, now)));
    }

    private static boolean isCancelling(@Nullable String annotation) {
        return annotation != null && annotation.startsWith(CANCEL);
    }

    private static Optional<Run> ordered(@Nullable String annotation, Instant now) {
        return annotation == null || isCancelling(annotation)
                ? Optional.empty()
                : Optional.of(new Run("annotation " + shortened(annotation), now, false));
    }

    /** A policy does not make up for times before it existed. */
    private static Optional<Run> scheduled(
            PageCachePolicy policy, WarmUpSpec spec, Optional<Run> current, Instant now) {
        Instant since = current.map(Run::requestedAt).orElseGet(() -> startOf(policy, Instant.EPOCH));
        return schedule(spec)
                .flatMap(schedule -> schedule.lastAt(now))
                .filter(time -> time.isAfter(since))
                .map(time -> new Run("schedule " + time, now, false));
    }

    private static Optional<Run> afterPurge(WarmUpSpec spec, long purges, long seen, Instant now) {
        return Boolean.TRUE.equals(spec.onPurge()) && purges > seen
                ? Optional.of(new Run("purge " + purges, now, false))
                : Optional.empty();
    }

    private static Optional<Run> current(PageCachePolicy policy, WarmUpSpec spec, WarmUpMemory before, Instant now) {
        return Optional.ofNullable(before.run())
                .or(() -> Boolean.TRUE.equals(spec.onStart())
                        ? Optional.of(new Run("start", startOf(policy, now), false))
                        : Optional.empty());
    }

    private static @Nullable String annotationOf(PageCachePolicy policy) {
        Map<String, String> annotations = policy.getMetadata().getAnnotations();
        String value = annotations == null ? null : annotations.get(PageCachePolicy.WARM_UP_ANNOTATION);
        return value == null || value.isBlank() ? null : value;
    }

    private static Instant startOf(PageCachePolicy policy, Instant otherwise) {
        String created = policy.getMetadata().getCreationTimestamp();
        return created == null ? otherwise : Instant.parse(created);
    }

    private static @Nullable Instant next(WarmUpSpec spec, Instant now) {
        return schedule(spec).flatMap(schedule -> schedule.nextAfter(now)).orElse(null);
    }

    private static Optional<WarmUpSchedule> schedule(WarmUpSpec spec) {
        String expression = spec.schedule();
        return expression == null ? Optional.empty() : Optional.of(WarmUpSchedule.parse(expression, spec.timeZone()));
    }

    /** An annotation may be as long as a novel; a name that is too long is told by a hash of it. */
    private static String shortened(String value) {
        return value.length() <= LONGEST_NAME
                ? value
                : UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static WarmUpTarget target(PageCachePolicySpec policy, WarmUpSpec spec, Run run) {
        WarmUpSpec.Crawl crawl = spec.crawl();
        List<WarmUpOrder.Variant> variants =
                spec.variants().stream().map(WarmUpDecider::variant).toList();
        WarmUpOrder order = new WarmUpOrder(
                run.id(),
                siteOf(policy, spec),
                spec.urls(),
                spec.sitemap(),
                crawl == null ? null : new WarmUpOrder.Crawl(crawl.start(), crawl.depth()),
                spec.exclude(),
                variants.isEmpty() ? List.of(WarmUpOrder.Variant.PLAIN) : variants,
                spec.ratePerSecond(),
                spec.maxPages());
        Instant requestedAt = run.requestedAt().truncatedTo(ChronoUnit.SECONDS);
        return new WarmUpTarget(order, requestedAt, Boolean.TRUE.equals(spec.onStart()), run.cancelled());
    }

    private static String siteOf(PageCachePolicySpec policy, WarmUpSpec spec) {
        String site = spec.site();
        return site != null
                ? site
                : "http://" + Objects.requireNonNull(policy.hosts().getFirst());
    }

    private static WarmUpOrder.Variant variant(WarmUpSpec.Variant variant) {
        return new WarmUpOrder.Variant(variant.headers().stream()
                .map(field -> new WarmUpOrder.Variant.Field(field.name(), field.value()))
                .toList());
    }
}
