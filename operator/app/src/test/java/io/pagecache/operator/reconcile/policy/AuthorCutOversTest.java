package io.pagecache.operator.reconcile.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.policy.AuthorsGrammar;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.AuthorRoll.Kind;
import io.pagecache.plan.Authors;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeOrder.CutOver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:W35")
@Tag("seed:W36")
@Tag("seed:W41")
@Tag("seed:W43")
class AuthorCutOversTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Authors AUTHORS = new Authors(
            List.of(new Authors.EditRequest(List.of("POST"), null, List.of("example.com"))),
            List.of(Authors.Identity.COOKIE),
            Authors.Mode.QUIET,
            Duration.ofSeconds(1000),
            Duration.ofSeconds(150));

    private static AuthorRoll edited(String id, Instant at) {
        return AuthorRoll.EMPTY.edited(id, Kind.AUTHOR, null, at);
    }

    private static LedgerPage next(LedgerPage page, AuthorRoll heard, Instant now) {
        return AuthorCutOvers.next(page, AUTHORS, heard, null, now);
    }

    private static LedgerPage wished(LedgerPage page, String token, AuthorRoll heard, Instant now) {
        AuthorsGrammar.Parsed wish = (AuthorsGrammar.Parsed) AuthorsGrammar.parse(token);
        return AuthorCutOvers.next(page, AUTHORS, heard, new AuthorCutOvers.Wish(token, wish), now);
    }

    @Test
    void shouldRememberWhoEditsAndOrderNothingBeforeItsTime() {
        LedgerPage page = next(LedgerPage.EMPTY, edited("a", NOW), NOW.plusSeconds(999));

        assertThat(page.authors().authors()).hasSize(1);
        assertThat(page.ledger().orders()).isEmpty();
    }

    @Test
    @DisplayName("the cut-over is ordered a moment ahead, for all proxies at one instant")
    void shouldOrderTheCutOverWhenTheEditingIsOver() {
        Instant due = NOW.plusSeconds(1000);

        LedgerPage page = next(LedgerPage.EMPTY, edited("a", NOW), due);

        assertThat(page.ledger().orders())
                .singleElement()
                .extracting(PurgeOrder::cutOver)
                .isEqualTo(new CutOver(due.plus(AuthorCutOvers.LEAD), due));
    }

    @Test
    void shouldOrderOnceHoweverOftenItLooks() {
        LedgerPage page = next(LedgerPage.EMPTY, edited("a", NOW), NOW.plusSeconds(1000));

        LedgerPage again = next(page, edited("a", NOW), NOW.plusSeconds(1001));
        LedgerPage after = next(again, edited("a", NOW), NOW.plusSeconds(1002));
        LedgerPage muchLater = next(after, edited("a", NOW), NOW.plusSeconds(5000));

        assertThat(again.ledger()).isEqualTo(page.ledger());
        assertThat(after.ledger()).isEqualTo(page.ledger());
        assertThat(after.authors().authors()).isEmpty();
        assertThat(muchLater).isEqualTo(after);
    }

    @Test
    @DisplayName("who edits between the order and its instant stays an author, and is published by the next cut-over")
    void shouldKeepAnAuthorWhoEditsAfterTheOrder() {
        Instant due = NOW.plusSeconds(1000);
        LedgerPage page = next(LedgerPage.EMPTY, edited("a", NOW), due);

        LedgerPage after = next(page, edited("b", due.plusSeconds(1)), due.plusSeconds(2));

        assertThat(after.authors().authors()).extracting(AuthorRoll.Session::id).containsExactly("b");
        assertThat(next(after, AuthorRoll.EMPTY, due.plusSeconds(1001)).ledger().lastSequence())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("W36: one author is done, and the others have been quiet for a while")
    void shouldWaitForTheOthersToBeQuiet() {
        AuthorRoll both = edited("a", NOW).merge(edited("b", NOW.plusSeconds(990)));

        assertThat(AUTHORS.cutOverDue(both)).contains(NOW.plusSeconds(990 + 150));
        assertThat(AUTHORS.cutOverDue(edited("a", NOW).merge(edited("b", NOW.plusSeconds(10)))))
                .contains(NOW.plusSeconds(1000));
    }

    @Test
    void shouldCutOverAtOnceWhenAsked() {
        LedgerPage page = wished(LedgerPage.EMPTY, "cut-over @1", edited("a", NOW), NOW.plusSeconds(1));

        assertThat(page.ledger().lastSequence()).isEqualTo(1);
        LedgerPage again = wished(page, "cut-over @1", AuthorRoll.EMPTY, NOW.plusSeconds(60));
        assertThat(again.ledger().lastSequence()).isEqualTo(1);
        assertThat(wished(again, "cut-over @2", AuthorRoll.EMPTY, NOW.plusSeconds(70))
                        .ledger()
                        .lastSequence())
                .isEqualTo(2);
    }

    @Test
    void shouldPublishTheEditsOfWhomIsForgotten() {
        AuthorRoll both = edited("a", NOW).merge(edited("b", NOW));

        LedgerPage one = wished(LedgerPage.EMPTY, "forget:a @1", both, NOW.plusSeconds(1));
        LedgerPage none = wished(one, "forget:b @2", AuthorRoll.EMPTY, NOW.plusSeconds(2));

        assertThat(one.authors().authors()).extracting(AuthorRoll.Session::id).containsExactly("b");
        assertThat(one.ledger().orders()).isEmpty();
        assertThat(none.ledger().lastSequence()).isEqualTo(1);
    }

    @Test
    @DisplayName("W43: a bypass that ends is purged for once, whatever restarts between")
    void shouldPurgeOnceForABypassThatEnds() {
        List<Instant> ends = List.of(NOW, NOW.plusSeconds(60));

        LedgerPage before = EndedBypasses.next(LedgerPage.EMPTY, ends, NOW.minusSeconds(1));
        LedgerPage first = EndedBypasses.next(before, ends, NOW);
        LedgerPage again = EndedBypasses.next(first, ends, NOW.plusSeconds(59));
        LedgerPage second = EndedBypasses.next(again, ends, NOW.plusSeconds(61));

        assertThat(before).isEqualTo(LedgerPage.EMPTY);
        assertThat(first.ledger().lastSequence()).isEqualTo(1);
        assertThat(again).isEqualTo(first);
        assertThat(second.ledger().lastSequence()).isEqualTo(2);
    }
}
