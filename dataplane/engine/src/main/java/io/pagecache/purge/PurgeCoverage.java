package io.pagecache.purge;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pagecache.plan.ExpressionSize;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which pages an order covers: a page in any of its scopes. Compiled once per order, immutable. */
public final class PurgeCoverage {
    public static final PurgeCoverage EVERYTHING =
            new PurgeCoverage(List.of(new PurgeScope.All()), List.of(page -> true));

    private final List<PurgeScope> scopes;
    private final List<Predicate> predicates;

    private PurgeCoverage(List<PurgeScope> scopes, List<Predicate> predicates) {
        this.scopes = scopes;
        this.predicates = predicates;
    }

    /**
     * Compiles the scopes of an order. An expression that this RE2 does not understand covers every page: a proxy that cannot
     * tell what was meant must not keep what should be gone.
     */
    public static PurgeCoverage of(PurgeOrder order) {
        List<Predicate> predicates = new ArrayList<>(order.scopes().size());
        for (PurgeScope scope : order.scopes()) {
            predicates.add(predicateOf(scope, order.requestedAt()));
        }
        return new PurgeCoverage(order.scopes(), List.copyOf(predicates));
    }

    /** Pages with any of these tags. */
    public static PurgeCoverage ofTags(List<String> tags) {
        List<PurgeScope> scopes = new ArrayList<>(tags.size());
        tags.forEach(tag -> scopes.add(new PurgeScope.Tag(tag)));
        return new PurgeCoverage(
                List.copyOf(scopes),
                scopes.stream().map(scope -> predicateOf(scope, Instant.EPOCH)).toList());
    }

    private static Predicate predicateOf(PurgeScope scope, Instant requestedAt) {
        return switch (scope) {
            case PurgeScope.All() -> page -> true;
            case PurgeScope.Url(String url) -> UrlTarget.parse(url)::covers;
            case PurgeScope.Prefix(String path) -> page -> page.base().path().startsWith(path);
            case PurgeScope.Regex(String pattern) -> regex(pattern);
            case PurgeScope.Tag(String tag) -> page -> page.tags().contains(tag);
            case PurgeScope.User(String user) -> page -> page.users().contains(user);
            case PurgeScope.Element element -> page -> false;
            case PurgeScope.OlderThan(var age) -> olderThan(requestedAt, age);
        };
    }

    private static Predicate regex(String pattern) {
        if (ExpressionSize.isTooBig(pattern)) {
            return page -> true;
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            return page -> compiled.matches(page.base().target());
        } catch (PatternSyntaxException e) {
            return page -> true;
        }
    }

    private static Predicate olderThan(Instant requestedAt, Duration age) {
        if (age.compareTo(Duration.between(Instant.EPOCH, requestedAt)) > 0) {
            return page -> false;
        }
        Instant limit = requestedAt.minus(age);
        return page -> page.storedAt().isBefore(limit);
    }

    public boolean covers(PageFacts page) {
        for (Predicate predicate : predicates) {
            if (predicate.covers(page)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any scope needs every page to be looked at; without one, indexes lead straight to the pages. */
    public boolean needsScan() {
        for (PurgeScope scope : scopes) {
            if (!(scope instanceof PurgeScope.Tag
                    || scope instanceof PurgeScope.Url
                    || scope instanceof PurgeScope.Element)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every page is covered, so that nothing has to be matched. */
    public boolean isEverything() {
        for (PurgeScope scope : scopes) {
            if (scope instanceof PurgeScope.All) {
                return true;
            }
        }
        return false;
    }

    /** The scopes as ordered. */
    public List<PurgeScope> scopes() {
        return scopes;
    }

    private interface Predicate {
        boolean covers(PageFacts page);
    }
}
