package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.blackbox.Visitor.Reply;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.Authors;
import io.pagecache.plan.Peers;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Variants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sees which site: authors, known by a signed cookie, and readers; and readers divided by an experiment. */
interface AuthorCases extends Staged {
    Authors EDITORS = new Authors(
            List.of(new Authors.EditRequest(
                    List.of("POST"), new Rule.PathMatch(Rule.PathMatch.Type.PREFIX, "/edit"), List.of())),
            List.of(Authors.Identity.COOKIE),
            Authors.Mode.QUIET,
            Duration.ofSeconds(1000),
            Duration.ofSeconds(150));

    @Test
    default void shouldShowAuthorsTheNewSiteOnEveryProxyAndReadersTheOld(@TempDir Path here, @TempDir Path there) {
        var plan = PlanWith.authors(stage().site.plan("r1"), EDITORS);
        stage().origin.counts("/draft").counts("/edit/draft");
        try (ProxyProcess one = stage().started(stage().served(here, plan));
                ProxyProcess other = stage().started(stage().served(there, plan));
                Visitor visitor = new Visitor(one.url());
                Visitor elsewhere = new Visitor(other.url())) {
            Peers peers = new Peers(List.of("127.0.0.1:" + other.managementPort()));
            assertThat(one.management()
                            .send("PUT", "/v1/peers", WireFolder.json(peers))
                            .status())
                    .isEqualTo(204);
            visitor.get("/draft");

            String cookie = visitor.send("POST", "/edit/draft", "text=new")
                    .field("Set-Cookie")
                    .split(";", 2)[0];

            Reply authors = elsewhere.get("/draft", "Cookie", cookie);
            assertThat(authors.cacheStatus()).contains("fwd=bypass").contains("detail=author");
            assertThat(visitor.get("/draft").text()).isEqualTo("/draft 1");
            assertThat(rollOf(other).authors()).hasSize(1);
            assertThat(elsewhere.get("/draft", "Cookie", cookie + "x").cacheStatus())
                    .doesNotContain("detail=author");
        }
    }

    private static AuthorRoll rollOf(ProxyProcess proxy) {
        return WireFolder.read(proxy.management().send("GET", "/v1/authors", "").text(), AuthorRoll.class);
    }

    @Test
    default void shouldKeepReadersInTheirGroupOfAnExperiment(@TempDir Path directory) {
        stage().origin.counts("/hero", "Pagecache-Experiments", "hero");
        Variants variants = new Variants(
                List.of(new Variants.Experiment(
                        "hero", "ab", List.of(new Variants.Group("a", 1), new Variants.Group("b", 0)))),
                null);
        WireFolder folder =
                stage().served(directory, PlanWith.variants(stage().site.plan("r1"), variants));
        try (ProxyProcess proxy = stage().started(folder);
                Visitor visitor = new Visitor(proxy.url())) {
            Reply first = visitor.get("/hero");
            Reply second = visitor.get("/hero", "Cookie", "ab=a");
            Reply other = visitor.get("/hero", "Cookie", "ab=b");

            assertThat(first.field("Set-Cookie")).startsWith("ab=a");
            assertThat(second.text()).isEqualTo("/hero 1");
            assertThat(other.text()).isEqualTo("/hero 2");
        }
    }
}
