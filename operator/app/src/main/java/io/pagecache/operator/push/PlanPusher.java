package io.pagecache.operator.push;

import io.pagecache.operator.metrics.OperatorMetrics;
import io.pagecache.operator.metrics.OperatorMetrics.Payload;
import io.pagecache.operator.metrics.OperatorMetrics.Push;
import io.pagecache.operator.warm.WarmUpTarget;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyStats;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private final Clock clock;

    public PlanPusher(ManagementClient management, OperatorMetrics metrics, Clock clock) {
        this.management = management;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Pods that are leaving are brought up to date as well, because they still finish requests.
     *
     * @return one report for each running pod that has an address, in the order given
     */
    List<ProxyReport> push(List<ProxyPod> pods, ProxyTarget target) throws InterruptedException {
        return askAll(pods, (pod, address) -> bringUp(pod, address, target.besides(pods, pod)));
    }

    /** Tells each of these proxies who edits, and of the ledger if it is behind; who does not answer hears it in the next pass. */
    void share(List<ProxyReport> reports, ProxyTarget target, AuthorRoll roll) throws InterruptedException {
        List<ProxyPod> pods = new ArrayList<>();
        for (ProxyReport report : reports) {
            boolean knows = report.state()
                    .filter(state -> roll.equals(state.authors())
                            && state.purgeSequence() >= target.ledger().lastSequence())
                    .isPresent();
            if (!knows) {
                pods.add(report.pod());
            }
        }
        askAll(pods, (pod, address) -> shared(address, target, roll));
    }

    private boolean shared(String address, ProxyTarget target, AuthorRoll roll) throws InterruptedException {
        try {
            management.postPurges(address, target.token(), target.ledger());
            management.postAuthors(address, target.token(), roll);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            log.debugf("%s was not told who edits: %s", address, problem(e));
            return false;
        }
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

    private ProxyReport bringUp(ProxyPod pod, String address, ProxyTarget target) throws InterruptedException {
        try {
            Instant asked = clock.instant();
            ProxyState state = management.state(address, target.token());
            Duration ahead = ahead(state, asked, clock.instant());
            return new ProxyReport(pod, bringUp(address, target, state), ahead);
        } catch (IOException | IllegalArgumentException e) {
            metrics.pushed(Payload.ANY, Push.FAILED);
            return new ProxyReport(pod, new ProxyAnswer.Unreachable(problem(e)));
        }
    }

    /** The proxy said what time it is somewhere between the two. */
    private static Duration ahead(ProxyState state, Instant asked, Instant answered) {
        Instant said = state.now();
        if (said == null) {
            return Duration.ZERO;
        }
        if (said.isAfter(answered)) {
            return Duration.between(answered, said);
        }
        return said.isBefore(asked) ? Duration.between(asked, said) : Duration.ZERO;
    }

    private ProxyAnswer bringUp(String address, ProxyTarget target, ProxyState found) throws InterruptedException {
        try {
            ProxyState state = found;
            if (!target.plan().revision().equals(state.revision())) {
                Optional<String> refusal = management.putPlan(address, target.token(), target.plan());
                if (refusal.isPresent()) {
                    metrics.pushed(Payload.PLAN, Push.REFUSED);
                    return new ProxyAnswer.Refused(state, refusal.get());
                }
                metrics.pushed(Payload.PLAN, Push.TAKEN);
                state = management.state(address, target.token());
            }
            if (target.plan().authors() != null && !target.peers().addresses().equals(state.peers())) {
                management.putPeers(address, target.token(), target.peers());
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
