package io.pagecache.standalone.serve;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.compile.PlanCompiler;
import io.pagecache.operator.compile.ResolvedPolicy;
import io.pagecache.operator.policy.PurgeGrammar;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.standalone.file.Problem;
import io.pagecache.standalone.policy.PolicyReader;
import io.pagecache.standalone.policy.ReadPolicy;
import io.pagecache.standalone.policy.ReadPolicy.PurgeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator's role for one file: a valid change becomes a new plan, a new purge annotation an order in the ledger, a
 * bad change
 * an error that leaves everything as it was. Used by one thread at a time.
 */
final class PolicyFollower {
    private final Path file;
    private final PlanDirectory directory;
    private final LocalBackends backends;
    private final LocalReferences references;
    private final Console console;
    private final Clock clock;
    private final PolicyReader reader = new PolicyReader();
    private final Acknowledgements acknowledgements = new Acknowledgements();

    private List<LocalReferences.Missing> missing = List.of();
    private @Nullable PageCachePolicy policy;
    private @Nullable CachePlan plan;
    private PurgeLedger ledger = PurgeLedger.EMPTY;
    private @Nullable String purgeToken;
    private Instant lookedAt;

    PolicyFollower(ServeOptions options, PlanDirectory directory, Console console, Clock clock) {
        this.file = options.file();
        this.backends = options.backends();
        this.references = options.references();
        this.directory = directory;
        this.console = console;
        this.clock = clock;
        this.lookedAt = clock.instant();
    }

    Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    /** Takes the first text of the file: false when it is no valid policy. */
    boolean begin(String text) throws IOException {
        return switch (reader.read(text)) {
            case ReadPolicy.Invalid(List<Problem> problems) -> {
                report(problems);
                yield false;
            }
            case ReadPolicy.Valid valid -> {
                explainBackends(valid);
                adopt(valid);
                valid.purgeProblem().ifPresent(problem -> report(List.of(problem)));
                // The cache is empty: the annotation that is there already asks for nothing.
                purgeToken = valid.purge().map(PurgeRequest::token).orElse(null);
                directory.write(ledger);
                yield true;
            }
        };
    }

    /** Takes a later text of the file. */
    void changed(String text) throws IOException {
        switch (reader.read(text)) {
            case ReadPolicy.Invalid(List<Problem> problems) -> {
                report(problems);
                console.say("The proxy keeps plan " + revision());
            }
            case ReadPolicy.Valid valid -> {
                adopt(valid);
                orderPurge(valid);
            }
        }
    }

    /** The policy in force; null before {@link #begin}. */
    @Nullable
    PageCachePolicy policy() {
        return policy;
    }

    long purges() {
        return ledger.lastSequence();
    }

    String revision() {
        return plan == null ? "none" : plan.revision();
    }

    private void adopt(ReadPolicy.Valid valid) throws IOException {
        policy = valid.policy();
        CachePlan next = PlanCompiler.compile(ResolvedPolicy.of(valid.policy(), backends::resolve));
        if (plan == null || !plan.revision().equals(next.revision())) {
            directory.write(next);
            plan = next;
            acknowledgements.expectPlan(next.revision());
        }
    }

    private void orderPurge(ReadPolicy.Valid valid) throws IOException {
        Optional<PurgeRequest> purge = valid.purge();
        if (purge.isEmpty() || purge.get().token().equals(purgeToken)) {
            return;
        }
        String token = purge.get().token();
        purgeToken = token;
        switch (purge.get().meaning()) {
            case PurgeGrammar.Rejected rejected -> valid.purgeProblem().ifPresent(problem -> report(List.of(problem)));
            case PurgeGrammar.Parsed(var scopes, var mode) -> {
                order(token, mode, scopes);
            }
        }
    }

    /** Purges everything when a bypass with {@code purgeOnExpiry} has ended since the last look. */
    void endBypasses() throws IOException {
        Instant since = lookedAt;
        Instant now = clock.instant();
        lookedAt = now;
        PageCachePolicy current = policy;
        if (current == null) {
            return;
        }
        boolean ended = current.getSpec().bypass().clientIPs().stream()
                .filter(entry -> Objects.equals(entry.purgeOnExpiry(), true))
                .flatMap(entry -> Stream.ofNullable(entry.expiresAt()))
                .map(Instant::parse)
                .anyMatch(end -> end.isAfter(since) && !end.isAfter(now));
        if (ended) {
            order("bypass ended " + now, PurgeMode.HARD, List.of(new PurgeScope.All()));
        }
    }

    private void order(String token, PurgeMode mode, List<PurgeScope> scopes) throws IOException {
        ledger = ledger.append(token, mode, scopes, clock.instant());
        PurgeOrder order = ledger.orders().getLast();
        directory.write(ledger);
        acknowledgements.expectPurge(order);
        console.say("Purge '%s' is ordered as number %d".formatted(token, order.sequence()));
    }

    /** Says which files of Secrets and ConfigMaps are missing, once; proxies take them up as soon as they are there. */
    void lookForReferences() {
        PageCachePolicy current = policy;
        List<LocalReferences.Missing> now = current == null ? List.of() : references.missing(current.getSpec());
        if (now.equals(missing)) {
            return;
        }
        now.forEach(file -> console.complain("%s: %s: %s".formatted(this.file, file.field(), file.message())));
        if (now.isEmpty()) {
            console.say("Every reference has its file");
        }
        missing = now;
    }

    private void explainBackends(ReadPolicy.Valid valid) {
        ResolvedPolicy.backendRefs(valid.policy().getSpec()).forEach(ref -> console.say(backends.explain(ref)));
    }

    private void report(List<Problem> problems) {
        problems.forEach(problem -> console.complain(problem.in(file)));
    }
}
