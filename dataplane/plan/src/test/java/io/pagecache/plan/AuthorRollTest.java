package io.pagecache.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.AuthorRoll.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AuthorRollTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void shouldEndSessionsThatArePublishedAndKeepLaterOnes() {
        AuthorRoll roll = AuthorRoll.EMPTY
                .edited("a", Kind.AUTHOR, null, NOW)
                .edited("b", Kind.AUTHOR, "x", NOW.plusSeconds(5))
                .published(NOW.plusSeconds(1));

        assertThat(roll.authors()).extracting(AuthorRoll.Session::id).containsExactly("b");
        assertThat(roll.merge(AuthorRoll.EMPTY.edited("a", Kind.AUTHOR, null, NOW)))
                .isEqualTo(roll);
        assertThat(roll.isOpen("a", NOW)).isFalse();
        assertThat(roll.isOpen("a", NOW.plusSeconds(2))).isTrue();
    }

    @Test
    void shouldForgetAnAuthorUntilTheNextEdit() {
        AuthorRoll roll = AuthorRoll.EMPTY.edited("a", Kind.AUTHOR, null, NOW).forget("a", NOW.plusSeconds(1));

        assertThat(roll.authors()).isEmpty();
        assertThat(roll.isOpen("a", NOW)).isFalse();
        assertThat(roll.edited("a", Kind.AUTHOR, null, NOW.plusSeconds(2)).authors())
                .hasSize(1);
    }

    @Test
    void shouldKeepTheNewestSessionsWhenThereAreTooMany() {
        AuthorRoll roll = AuthorRoll.EMPTY;
        for (int i = 0; i < AuthorRoll.CAPACITY + 10; i++) {
            roll = roll.edited("s" + i, Kind.AUTHOR, null, NOW.plusSeconds(i));
        }

        assertThat(roll.sessions()).hasSize(AuthorRoll.CAPACITY);
        assertThat(roll.find("s9")).isEmpty();
        assertThat(roll.find("s10")).isPresent();
    }

    @Test
    @DisplayName("rolls may arrive in any order, late and twice: all proxies end up with the same one")
    void shouldMergeToTheSameInWhateverOrder() {
        Random random = new Random(42);
        for (int round = 0; round < 200; round++) {
            List<AuthorRoll> told = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                told.add(something(random));
            }
            AuthorRoll one = merged(told);
            List<AuthorRoll> shuffled = new ArrayList<>(told);
            shuffled.addAll(told.subList(0, 3));
            java.util.Collections.shuffle(shuffled, random);

            assertThat(merged(shuffled)).isEqualTo(one);
            assertThat(one.merge(one)).isEqualTo(one);
        }
    }

    private static AuthorRoll something(Random random) {
        Instant at = NOW.plusSeconds(random.nextInt(20));
        String id = "s" + random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 -> AuthorRoll.EMPTY.published(at);
            case 1 -> AuthorRoll.EMPTY.forget(id, at);
            case 2 -> AuthorRoll.EMPTY.askCutOver(at);
            default -> AuthorRoll.EMPTY.edited(id, Kind.AUTHOR, random.nextBoolean() ? "x" : null, at);
        };
    }

    private static AuthorRoll merged(List<AuthorRoll> told) {
        AuthorRoll all = AuthorRoll.EMPTY;
        for (AuthorRoll roll : told) {
            all = all.merge(roll);
        }
        return all;
    }
}
