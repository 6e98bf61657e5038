package io.pagecache.operator.status;

import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Author;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.AuthorRoll.Session;
import io.pagecache.plan.Authors;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeOrder.CutOver;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the status says of authors. */
public final class AuthorReport {
    private static final int MOST_SESSIONS = 20;
    private static final Duration TOLERATED_SKEW = Duration.ofSeconds(1);

    private AuthorReport() {}

    /** @param message what is wrong with the annotation, or null */
    public static PageCachePolicyStatus.Authors of(
            Authors authors, AuthorRoll roll, PurgeLedger ledger, List<ProxyReport> reports, @Nullable String message) {
        List<Session> sessions = roll.authors();
        return new PageCachePolicyStatus.Authors(
                sessions.size(),
                sessions.isEmpty() ? null : newest(sessions),
                authors.cutOverDue(roll).map(AuthorReport::text).orElse(null),
                lastCutOver(roll, ledger),
                skew(reports),
                message);
    }

    private static List<Author> newest(List<Session> sessions) {
        return sessions.stream()
                .sorted(Comparator.comparing(Session::lastEditAt).reversed().thenComparing(Session::id))
                .limit(MOST_SESSIONS)
                .map(session -> new Author(session.id(), text(session.lastEditAt())))
                .toList();
    }

    /** The instant of the order that published last; of edits that proxies published by themselves only that is known. */
    private static @Nullable String lastCutOver(AuthorRoll roll, PurgeLedger ledger) {
        Instant published = roll.publishedUpTo();
        if (published.equals(Instant.EPOCH)) {
            return null;
        }
        Optional<Instant> ordered = ledger.orders().stream()
                .flatMap(order -> Stream.ofNullable(order.cutOver()))
                .filter(cutOver -> cutOver.publishes().equals(published))
                .map(CutOver::at)
                .findFirst();
        return text(ordered.orElse(published));
    }

    private static @Nullable String skew(List<ProxyReport> reports) {
        String skewed = reports.stream()
                .filter(report -> report.clockAhead().abs().compareTo(TOLERATED_SKEW) > 0)
                .map(report -> "%s: %d s %s"
                        .formatted(
                                report.pod().name(),
                                report.clockAhead().abs().toSeconds(),
                                report.clockAhead().isNegative() ? "behind" : "ahead"))
                .collect(Collectors.joining(", "));
        return skewed.isEmpty() ? null : skewed;
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
