package io.pagecache.operator.reconcile.policy;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.ledger.LedgerStore;
import io.pagecache.operator.policy.AnnotationToken;
import io.pagecache.operator.policy.AuthorsGrammar;
import io.pagecache.operator.push.ProxyFleet;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.operator.status.AuthorReport;
import io.pagecache.operator.status.AuthorStanding;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.Authors;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeOrder.CutOver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the proxies know of authors together, gives it back to all of them, and orders the cut-over when its time has come.
 * The roll stands in the ledger's ConfigMap, so that neither a restart of the operator nor one of a proxy loses an author.
 */
@Singleton
public class AuthorCutOvers {
    /** From the order to its instant: time to reach every proxy, so that they cut over together. */
    static final Duration LEAD = Duration.ofSeconds(2);

    /** As long as the proxies tell of a save. */
    private static final Duration SAVES_REMEMBERED = Duration.ofMinutes(10);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final LedgerStore ledgers;
    private final ProxyFleet fleet;
    private final OperatorConfig config;
    private final Clock clock;

    public AuthorCutOvers(LedgerStore ledgers, ProxyFleet fleet, OperatorConfig config, Clock clock) {
        this.ledgers = ledgers;
        this.fleet = fleet;
        this.config = config;
        this.clock = clock;
    }

    /** What people asked for by annotation. */
    record Wish(String token, AuthorsGrammar.Parsed wish) {}

    AuthorStanding advance(PageCachePolicy policy, CachePlan plan, LedgerPage page, List<ProxyReport> reports)
            throws InterruptedException {
        Authors authors = plan.authors();
        if (authors == null) {
            return AuthorStanding.NONE;
        }
        AuthorRoll heard = heard(reports);
        String value = policy.getMetadata().getAnnotations().get(PageCachePolicy.AUTHORS_ANNOTATION);
        AuthorsGrammar.@Nullable Result asked = value == null ? null : AuthorsGrammar.parse(value);
        Wish wish = value != null && asked instanceof AuthorsGrammar.Parsed parsed
                ? new Wish(AnnotationToken.of(value), parsed)
                : null;
        Instant now = clock.instant();
        LedgerPage after = next(page, authors, heard, wish, now);
        if (!after.equals(page)) {
            after = ledgers.update(PolicyChildren.of(policy), current -> next(current, authors, heard, wish, now))
                    .orElse(page);
        }
        fleet.share(policy, reports, plan, after.ledger(), after.authors());
        String message = asked instanceof AuthorsGrammar.Rejected(int column, String problem)
                ? "column %d: %s".formatted(column, problem)
                : null;
        return new AuthorStanding(
                AuthorReport.of(authors, after.authors(), after.ledger(), reports, message),
                Optional.of(nextLook(authors, after, now)));
    }

    private static AuthorRoll heard(List<ProxyReport> reports) {
        AuthorRoll together = AuthorRoll.EMPTY;
        for (ProxyReport report : reports) {
            AuthorRoll told = report.state()
                    .flatMap(state -> Optional.ofNullable(state.authors()))
                    .orElse(AuthorRoll.EMPTY);
            together = together.merge(told);
        }
        return together;
    }

    /** What the ledger's page becomes by what was heard, what was asked for, and the time. */
    static LedgerPage next(LedgerPage page, Authors authors, AuthorRoll heard, @Nullable Wish wish, Instant now) {
        AuthorRoll roll =
                published(page.authors().merge(heard), page, now).withoutSavesBefore(now.minus(SAVES_REMEMBERED));
        LedgerPage result = page;
        if (wish != null && !wish.token().equals(page.taken().authors())) {
            roll = fulfilled(wish.wish(), roll, now);
            result = result.rememberAuthors(wish.token());
        }
        boolean isDue = authors.cutOverDue(roll).filter(at -> !at.isAfter(now)).isPresent();
        if (isDue && !isPending(page, now)) {
            Instant asked = roll.cutOverAsked();
            Instant publishes = (asked.isAfter(now) ? asked : now).truncatedTo(ChronoUnit.MILLIS);
            result = result.cutOver(new CutOver(now.plus(LEAD).truncatedTo(ChronoUnit.MILLIS), publishes), now);
        }
        return result.withAuthors(roll);
    }

    /** Proxies that were out of reach at the instant of a cut-over still tell of sessions that it ended. */
    private static AuthorRoll published(AuthorRoll roll, LedgerPage page, Instant now) {
        AuthorRoll result = roll;
        for (PurgeOrder order : page.ledger().orders()) {
            CutOver cutOver = order.cutOver();
            if (cutOver != null && !cutOver.at().isAfter(now)) {
                result = result.published(cutOver.publishes());
            }
        }
        return result;
    }

    private static AuthorRoll fulfilled(AuthorsGrammar.Parsed wish, AuthorRoll roll, Instant now) {
        AuthorRoll result = roll;
        for (String id : wish.forget()) {
            Instant lastEdit =
                    result.find(id).map(AuthorRoll.Session::lastEditAt).orElse(now);
            result = result.forget(id, lastEdit.isAfter(now) ? lastEdit : now);
        }
        return wish.cutOver() ? result.askCutOver(now) : result;
    }

    private static boolean isPending(LedgerPage page, Instant now) {
        return page.ledger().orders().stream()
                .anyMatch(
                        order -> order.cutOver() != null && order.cutOver().at().isAfter(now));
    }

    private Duration nextLook(Authors authors, LedgerPage page, Instant now) {
        Duration quick = config.passes().quick();
        if (authors.mode() == Authors.Mode.IMMEDIATE) {
            return config.passes().resync();
        }
        if (isPending(page, now)) {
            return quick;
        }
        Duration pause = shorter(
                LONGEST_PAUSE,
                shorter(config.passes().resync(), authors.quietPeriod().dividedBy(4)));
        Duration untilDue = authors.cutOverDue(page.authors())
                .map(at -> Duration.between(now, at))
                .orElse(pause);
        Duration next = shorter(pause, untilDue);
        return next.compareTo(quick) < 0 ? quick : next;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
