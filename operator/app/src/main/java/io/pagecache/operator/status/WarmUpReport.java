package io.pagecache.operator.status;

import io.pagecache.api.v1alpha1.PageCachePolicyStatus.WarmUp;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.WarmUpState;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.operator.warm.WarmUpDecision;
import io.pagecache.operator.warm.WarmUpTarget;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.WarmUpProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status of the newest warm-up, which is also the memory of what began it. */
public final class WarmUpReport {
    private WarmUpReport() {}

    /** Null when the policy asks for no warm-up. */
    public static @Nullable WarmUp of(Optional<WarmUpDecision> decision, List<ProxyReport> reports) {
        return decision.map(decided -> of(decided, decided.target(), reports)).orElse(null);
    }

    /** When to look again: soon while proxies are at it, else when the schedule says so. */
    public static Optional<Duration> nextLook(@Nullable WarmUp warmUp, Duration quick, Instant now) {
        if (warmUp == null) {
            return Optional.empty();
        }
        if (warmUp.state() == WarmUpState.RUNNING) {
            return Optional.of(quick);
        }
        return Optional.ofNullable(warmUp.nextAt())
                .map(next -> Duration.between(now, Instant.parse(next)))
                .map(wait -> wait.isNegative() ? quick : wait);
    }

    private static WarmUp of(WarmUpDecision decision, @Nullable WarmUpTarget target, List<ProxyReport> reports) {
        List<ProxyState> taking = target == null
                ? List.of()
                : reports.stream()
                        .filter(report -> report.pod().isServing())
                        .flatMap(report -> report.state().stream())
                        .filter(target::takesPart)
                        .toList();
        List<WarmUpProgress> runs = runs(target, taking);
        long finished = runs.stream().filter(WarmUpReport::isOver).count();
        boolean over = finished == taking.size() && !taking.isEmpty();
        return new WarmUp(
                target == null ? null : target.order().id(),
                target == null ? null : target.requestedAt().toString(),
                taking.isEmpty() ? WarmUpState.WAITING : state(target, runs, over),
                finished + "/" + taking.size(),
                sum(runs, WarmUpProgress::done),
                sum(runs, WarmUpProgress::total),
                sum(runs, WarmUpProgress::failed),
                sum(runs, WarmUpProgress::uncacheable),
                over ? lastEnd(runs) : null,
                decision.nextAt() == null ? null : decision.nextAt().toString(),
                decision.annotation(),
                decision.purgeSequence(),
                target != null && target.cancelled() ? true : null,
                runs.stream()
                        .map(WarmUpProgress::problem)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    private static List<WarmUpProgress> runs(@Nullable WarmUpTarget target, List<ProxyState> proxies) {
        return proxies.stream()
                .flatMap(proxy -> Stream.ofNullable(proxy.warmUp()))
                .filter(run -> target != null && run.id().equals(target.order().id()))
                .toList();
    }

    private static boolean isOver(WarmUpProgress run) {
        return run.state() != WarmUpProgress.State.RUNNING;
    }

    private static WarmUpState state(@Nullable WarmUpTarget target, List<WarmUpProgress> runs, boolean over) {
        if (target != null && target.cancelled()) {
            return WarmUpState.CANCELLED;
        }
        if (!over) {
            return WarmUpState.RUNNING;
        }
        boolean failed = runs.stream().anyMatch(run -> run.state() == WarmUpProgress.State.FAILED);
        return failed ? WarmUpState.FAILED : WarmUpState.DONE;
    }

    private static int sum(List<WarmUpProgress> runs, ToIntFunction<WarmUpProgress> number) {
        return runs.stream().mapToInt(number).sum();
    }

    private static @Nullable String lastEnd(List<WarmUpProgress> runs) {
        return runs.stream()
                .flatMap(run -> Stream.ofNullable(run.finishedAt()))
                .max(Instant::compareTo)
                .map(end -> end.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(null);
    }
}
