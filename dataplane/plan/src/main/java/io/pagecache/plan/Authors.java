package io.pagecache.plan;

import io.pagecache.plan.Rule.PathMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Editors see their own changes at once, readers a consistent site.
 *
 * @param editRequests what makes a client an author; any one is enough. Never empty
 * @param identifyBy how an author is known again; never empty
 * @param mode whether readers wait for the end of the editing
 * @param quietPeriod how long after an author's last edit the site may cut over
 * @param minOthersQuiet how long all other authors must have been quiet by then
 */
public record Authors(
        List<EditRequest> editRequests,
        List<Identity> identifyBy,
        Mode mode,
        Duration quietPeriod,
        Duration minOthersQuiet) {

    public Authors {
        editRequests = List.copyOf(editRequests);
        identifyBy = identifyBy.stream().distinct().sorted().toList();
        if (editRequests.isEmpty()) {
            throw new InvalidPlanException("authors.editRequests", "is empty");
        }
        if (identifyBy.isEmpty()) {
            throw new InvalidPlanException("authors.identifyBy", "is empty");
        }
        Behaviour.requireNotNegative("authors.quietPeriod", quietPeriod);
        Behaviour.requireNotNegative("authors.minOthersQuiet", minOthersQuiet);
    }

    public enum Identity {
        /** A signed cookie, set with the answer to the edit. */
        COOKIE,
        /** The client's address, for editors whose tools keep no cookies. */
        CLIENT_IP
    }

    public enum Mode {
        /** Authors bypass the cache; readers keep what is stored until all proxies cut over at one instant. */
        QUIET,
        /** Each edit purges the whole site on all proxies. */
        IMMEDIATE
    }

    /**
     * @param methods upper case; empty matches every method
     * @param path null matches every path
     * @param hosts lower case without port; empty matches every host
     */
    public record EditRequest(
            List<String> methods, @Nullable PathMatch path, List<String> hosts) {
        public EditRequest {
            methods = List.copyOf(methods);
            hosts = List.copyOf(hosts);
        }
    }

    /** Whether readers keep what is stored because somebody has edited and the site has not cut over since. */
    public boolean holdsFor(AuthorRoll roll) {
        return mode == Mode.QUIET
                && (!roll.authors().isEmpty() || !roll.forgotten().isEmpty());
    }

    /**
     * When the site is to cut over, if nobody edits any more until then: at once when that was asked for, otherwise when one author
     * has been quiet for {@code quietPeriod} and all others for {@code minOthersQuiet}. Empty when there is nothing to publish.
     */
    public Optional<Instant> cutOverDue(AuthorRoll roll) {
        if (roll.cutOverAsked().isAfter(roll.publishedUpTo())) {
            return Optional.of(roll.cutOverAsked());
        }
        if (!holdsFor(roll)) {
            return Optional.empty();
        }
        List<Instant> edits = roll.authors().stream()
                .map(AuthorRoll.Session::lastEditAt)
                .sorted()
                .toList();
        if (edits.isEmpty()) {
            return roll.forgotten().stream().map(AuthorRoll.Forgotten::at).max(Comparator.naturalOrder());
        }
        Instant due = edits.getFirst().plus(quietPeriod);
        Instant othersDue = edits.getLast().plus(minOthersQuiet);
        return Optional.of(edits.size() > 1 && othersDue.isAfter(due) ? othersDue : due);
    }
}
