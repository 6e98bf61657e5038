package io.pagecache.proxy.serve;

import io.pagecache.esi.EsiInclude;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Rule;
import io.pagecache.reuse.ReuseDecider;
import io.pagecache.reuse.Serving;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a visit came about that no client made: a page wants it as its fragment.
 *
 * @param around hosts and targets of the pages it stands in, the client's first
 * @param terms what the page accepts
 * @param allowance what is left for all fragments of the client's page
 * @param looksOnly whether nobody sees the result, for the client asked for the head only
 */
record Inclusion(List<String> around, EsiInclude.Terms terms, Allowance allowance, boolean looksOnly) {
    /** Fragments inside one another. */
    static final int MOST_DEPTH = 5;

    /** Fragments of one client's page, those of its fragments included. */
    static final int MOST_FRAGMENTS = 100;

    /** How long a page waits for all its fragments. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    Inclusion {
        around = List.copyOf(around);
    }

    /** Of a client's request: what its fragments start from. */
    static Inclusion none(PageRequest request, Instant now) {
        Allowance all = new Allowance(now.plus(LONGEST));
        return new Inclusion(
                List.of(name(request)),
                EsiInclude.Terms.NONE,
                all,
                request.method().equals("HEAD"));
    }

    /** Of a request that nobody made: its fragments are fetched, and nothing is counted. */
    static Inclusion looking(PageRequest request, Instant now) {
        return new Inclusion(List.of(name(request)), EsiInclude.Terms.NONE, new Allowance(now.plus(LONGEST)), true);
    }

    Inclusion of(PageRequest fragment, EsiInclude.Terms accepted) {
        List<String> deeper = new ArrayList<>(around);
        deeper.add(name(fragment));
        return new Inclusion(deeper, accepted, allowance, looksOnly);
    }

    boolean isLoop(PageRequest fragment) {
        return around.contains(name(fragment));
    }

    boolean isTooDeep() {
        return around.size() > MOST_DEPTH;
    }

    private static String name(PageRequest request) {
        return request.host() + request.target();
    }

    /** How long the fragment may take, at least a millisecond. */
    Duration patience(EsiInclude.Terms accepted, Instant now) {
        Duration left = Duration.between(now, allowance.deadline);
        Duration wanted = accepted.timeout();
        Duration shorter = wanted != null && wanted.compareTo(left) < 0 ? wanted : left;
        return shorter.toMillis() < 1 ? Duration.ofMillis(1) : shorter;
    }

    Rule ruleFor(Rule rule) {
        Duration ttl = terms.ttl();
        return ttl == null
                ? rule
                : new Rule(
                        rule.name(),
                        rule.path(),
                        rule.methods(),
                        rule.hosts(),
                        rule.behaviour().withTtl(ttl));
    }

    Serving accepts(Serving serving, Instant now) {
        Duration maxAge = terms.maxAge();
        return maxAge == null ? serving : ReuseDecider.noOlderThan(serving, maxAge, terms.staleFor(), now);
    }

    /** Shared by all fragments of one client's page; used on its event loop only. */
    static final class Allowance {
        private final Instant deadline;
        private int left = MOST_FRAGMENTS;

        private Allowance(Instant deadline) {
            this.deadline = deadline;
        }

        boolean take() {
            return left-- > 0;
        }
    }
}
