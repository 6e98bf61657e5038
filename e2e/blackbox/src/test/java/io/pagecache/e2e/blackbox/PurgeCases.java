package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Gate;
import io.pagecache.e2e.blackbox.Visitor.Reply;
import io.pagecache.plan.PurgeScope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Purges that are pushed and those that a file orders. */
interface PurgeCases extends Staged {
    @Test
    default void shouldPurgeWhatIsPushed() {
        stage().origin.counts("/tagged", "Surrogate-Key", "article-1").counts("/untouched");
        stage().visitor.get("/tagged");
        stage().visitor.get("/untouched");

        var state = stage().proxy.management().push(stage().purge(new PurgeScope.Tag("article-1")));

        assertThat(state.purgeSequence()).isEqualTo(stage().ledger().lastSequence());
        assertThat(state.recentPurges().getLast().entries()).isEqualTo(1);
        assertThat(stage().visitor.get("/tagged").text()).isEqualTo("/tagged 2");
        assertThat(stage().visitor.get("/untouched").isHit()).isTrue();
    }

    @Test
    default void shouldPurgeWhatTheFileOrdersInEveryScope() {
        List<String> paths = List.of("/by-url", "/by-prefix/a", "/by-regex");
        paths.forEach(path -> stage().origin.counts(path));
        paths.forEach(stage().visitor::get);

        stage().folder
                .write(stage().purge(
                                new PurgeScope.Url("/by-url"),
                                new PurgeScope.Prefix("/by-prefix/"),
                                new PurgeScope.Regex("/by-[a-z]{5}"),
                                new PurgeScope.Tag("nobody-has-it"),
                                new PurgeScope.OlderThan(Duration.ofHours(1))));

        stage().proxy
                .await(
                        "the purge",
                        () -> stage().proxy.management().state().purgeSequence()
                                == stage().ledger().lastSequence());
        assertThat(paths)
                .allSatisfy(path -> assertThat(stage().visitor.get(path).text()).isEqualTo(path + " 2"));
    }

    @Test
    default void shouldPurgeEverything() {
        stage().origin.counts("/all");
        stage().visitor.get("/all");

        stage().proxy.management().push(stage().purge(new PurgeScope.All()));

        assertThat(stage().visitor.get("/all").isHit()).isFalse();
        assertThat(stage().visitor.get("/all").text()).isEqualTo("/all 2");
    }

    @Test
    default void shouldNotKeepWhatWasFetchedBeforeAPurge() throws Exception {
        Gate gate = stage().origin.holds("/fenced");
        CompletableFuture<Reply> before = stage().visitor.asks("/fenced");
        gate.awaitRequest();

        stage().proxy.management().push(stage().purge(new PurgeScope.Url("/fenced")));
        gate.letGo();

        assertThat(before.get().text()).isEqualTo("/fenced 1");
        assertThat(stage().visitor.get("/fenced").text()).isEqualTo("/fenced 2");
        assertThat(stage().visitor.get("/fenced").isHit()).isTrue();
    }
}
