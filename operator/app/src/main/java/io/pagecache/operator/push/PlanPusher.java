package io.pagecache.operator.push;

import io.pagecache.operator.metrics.OperatorMetrics;
import io.pagecache.operator.metrics.OperatorMetrics.Payload;
import io.pagecache.operator.metrics.OperatorMetrics.Push;
import io.pagecache.operator.warm.WarmUpTarget;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyStats;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Brings the proxies of one policy to their target, all at once. Level-triggered: it asks each proxy what it has and sends only
 * what is missing, so a pass over proxies that are up to date costs one small request each.
 */
@Singleton
public class PlanPusher {
    private static final Logger log = Logger.getLogger(PlanPusher.class);

    private final ManagementClient management;
    private final OperatorMetrics metrics;

    public PlanPusher(ManagementClient management, OperatorMetrics metrics) {
        this.management = management;
        this.metrics = metrics;
    }

    /**
     * Pods that are leaving are brought up to date as well, because they still finish requests.
     *
     * @return one report for each running pod that has an address, in the order given
     */
    List<ProxyReport> push(List<ProxyPod> pods, ProxyTarget target) throws InterruptedException {
        return askAll(pods, (pod, address) -> new ProxyReport(pod, bringUp(address, target)));
    }

    Map<String, ProxyStats> statistics(List<ProxyPod> pods, String token) throws InterruptedException {
        return askAll(pods, (pod, address) -> new Counted(pod.uid(), stats(address, token))).stream()
                .flatMap(counted -> counted.stats().stream().map(stats -> Map.entry(counted.uid(), stats)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private record Counted(String uid, Optional<ProxyStats> stats) {}

    private interface Question<T> {
        T ask(ProxyPod pod, String address) throws InterruptedException;
    }

    /** One thread each; the management client bounds how long an exchange can take. */
    private static <T> List<T> askAll(List<ProxyPod> pods, Question<T> question) throws InterruptedException {
        List<Callable<T>> exchanges = new ArrayList<>();
        for (ProxyPod pod : pods) {
            String address = pod.address();
            if (pod.running() && address != null) {
                exchanges.add(() -> question.ask(pod, address));
            }
        }
        if (exchanges.isEmpty()) {
            return List.of();
        }
        try (ExecutorService oneThreadEach = Executors.newVirtualThreadPerTaskExecutor()) {
            return oneThreadEach.invokeAll(exchanges).stream()
                    .map(PlanPusher::result)
                    .toList();
        }
    }

    private ProxyAnswer bringUp(String address, ProxyTarget target) throws InterruptedException {
        try {
            ProxyState state = management.state(address, target.token());
            if (!target.plan().revision().equals(state.revision())) {
                Optional<String> refusal = management.putPlan(address, target.token(), target.plan());
                if (refusal.isPresent()) {
                    metrics.pushed(Payload.PLAN, Push.REFUSED);
                    return new ProxyAnswer.Refused(state, refusal.get());
                }
                metrics.pushed(Payload.PLAN, Push.TAKEN);
                state = management.state(address, target.token());
            }
            return new ProxyAnswer.Reported(withWarmUp(address, target, withPurges(address, target, state)));
        } catch (IOException | IllegalArgumentException e) {
            metrics.pushed(Payload.ANY, Push.FAILED);
            return new ProxyAnswer.Unreachable(problem(e));
        }
    }

    private ProxyState withPurges(String address, ProxyTarget target, ProxyState state)
            throws IOException, InterruptedException {
        if (state.purgeSequence() >= target.ledger().lastSequence()) {
            return state;
        }
        ProxyState purged = management.postPurges(address, target.token(), target.ledger());
        metrics.pushed(Payload.PURGES, Push.TAKEN);
        return purged;
    }

    /** After the purges: what is fetched now is what holds after them. */
    private ProxyState withWarmUp(String address, ProxyTarget target, ProxyState state)
            throws IOException, InterruptedException {
        WarmUpTarget warmUp = target.warmUp();
        WarmUpTarget.Step step = warmUp == null ? WarmUpTarget.Step.NOTHING : warmUp.stepFor(state);
        return switch (step) {
            case NOTHING -> state;
            case BEGIN -> {
                metrics.pushed(Payload.WARM_UP, Push.TAKEN);
                yield management.postWarmUp(
                        address, target.token(), Objects.requireNonNull(warmUp).order());
            }
            case CANCEL -> management.deleteWarmUp(address, target.token());
        };
    }

    private Optional<ProxyStats> stats(String address, String token) throws InterruptedException {
        try {
            return Optional.of(management.stats(address, token));
        } catch (IOException | IllegalArgumentException e) {
            log.debugf("No statistics from %s: %s", address, problem(e));
            return Optional.empty();
        }
    }

    /** The JDK's client leaves the message of a refused connection empty. */
    private static String problem(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    private static <T> T result(Future<T> done) {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an exchange with a proxy ended with a bug", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("invokeAll returned before its tasks were done", e);
        }
    }
}
