package io.pagecache.operator.observe;

import io.pagecache.operator.push.ProxyAnswer;
import io.pagecache.operator.push.ProxyPod;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.plan.ProxyState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a plan has come.
 *
 * @param desired proxies that the policy wants
 * @param ready proxies that receive traffic
 * @param serving proxies with a running process that are not leaving
 * @param answered serving proxies that said what they run
 * @param programmed serving proxies that run the plan
 * @param obstacles serving proxies that refused the plan or could not be asked, in the order of their names
 * @param failing proxies whose origin fails at present
 * @param certificateProblems one sentence for each certificate of a proxy that is not served as it should
 */
public record PlanRollout(
        int desired,
        int ready,
        int serving,
        int answered,
        int programmed,
        List<Obstacle> obstacles,
        List<OriginFailure> failing,
        List<String> certificateProblems) {
    public PlanRollout {
        obstacles = List.copyOf(obstacles);
        failing = List.copyOf(failing);
        certificateProblems = List.copyOf(certificateProblems);
    }

    /** @param refused whether the proxy answered and said no; otherwise it could not be reached */
    public record Obstacle(String proxy, boolean refused, String problem) {}

    public record OriginFailure(String proxy, Instant since) {}

    /** Leaving pods are in the reports, but nothing is expected of them any more. */
    public static PlanRollout observe(
            int desired, List<ProxyPod> pods, List<ProxyReport> reports, @Nullable String revision) {
        int answered = 0;
        int programmed = 0;
        List<Obstacle> obstacles = new ArrayList<>();
        List<OriginFailure> failing = new ArrayList<>();
        Set<String> certificates = new TreeSet<>();
        for (ProxyReport report : reports) {
            if (!report.pod().isServing()) {
                continue;
            }
            String proxy = report.pod().name();
            switch (report.answer()) {
                case ProxyAnswer.Reported(ProxyState state)
                when state.revision() != null && state.revision().equals(revision) -> programmed++;
                case ProxyAnswer.Reported(ProxyState state) ->
                    obstacles.add(new Obstacle(proxy, state.rejection() != null, runsAnother(state)));
                case ProxyAnswer.Refused(ProxyState state, String message) ->
                    obstacles.add(new Obstacle(proxy, true, message));
                case ProxyAnswer.Unreachable(String problem) -> obstacles.add(new Obstacle(proxy, false, problem));
            }
            answered += report.state().isPresent() ? 1 : 0;
            report.state()
                    .flatMap(state -> Optional.ofNullable(state.originFailingSince()))
                    .ifPresent(since -> failing.add(new OriginFailure(proxy, since)));
            report.state().ifPresent(state -> certificates.addAll(CertificateProblems.of(state)));
        }
        int ready = (int)
                pods.stream().filter(pod -> pod.ready() && !pod.terminating()).count();
        int serving = (int) pods.stream().filter(ProxyPod::isServing).count();
        return new PlanRollout(
                desired, ready, serving, answered, programmed, obstacles, failing, List.copyOf(certificates));
    }

    /** Every proxy that serves runs the plan, and there are as many as wanted. */
    public boolean isProgrammed() {
        return programmed == serving && programmed >= desired;
    }

    /** The first refusal: proxies of one build refuse for the same reason. */
    public Optional<Obstacle> refusal() {
        return obstacles.stream().filter(Obstacle::refused).findFirst();
    }

    public Optional<Instant> originFailingSince() {
        return failing.stream().map(OriginFailure::since).min(Comparator.naturalOrder());
    }

    private static String runsAnother(ProxyState state) {
        String rejection = state.rejection();
        return rejection != null ? rejection : "runs revision " + state.revision();
    }
}
