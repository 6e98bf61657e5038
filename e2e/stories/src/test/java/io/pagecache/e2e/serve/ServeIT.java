package io.pagecache.e2e.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.e2e.actors.Pagecache;
import io.pagecache.e2e.actors.Visitor;
import io.pagecache.e2e.process.ChildProcess;
import io.pagecache.wiki.Wiki;
import io.pagecache.wiki.WikiOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample policy does without Kubernetes what it does with it. */
class ServeIT {
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private Wiki wiki;
    private Path policy;
    private ChildProcess serve;
    private Visitor reader;

    @BeforeEach
    void startWikiAndServe() throws Exception {
        wiki = Wiki.start(WikiOptions.parse(List.of("--port", "0", "--slow-ms", "500"), Map.of()), Clock.systemUTC());
        policy = Files.copy(Pagecache.ROOT.resolve("e2e/wiki/policy.yaml"), folder.resolve("policy.yaml"));
        int port = Pagecache.freePort();
        serve = Pagecache.start(
                folder,
                "serve",
                policy.toString(),
                "--port",
                "" + port,
                "--management-port",
                "" + Pagecache.freePort(),
                "--backend",
                "wiki=127.0.0.1:" + wiki.port());
        reader = new Visitor("http://127.0.0.1:" + port);
        await("the proxy answers")
                .atMost(SOON)
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .until(() -> {
                    assertThat(serve.isAlive()).as(serve.logTail()).isTrue();
                    return reader.get("/live").status() == 200;
                });
    }

    @AfterEach
    void stop() {
        reader.close();
        serve.stop(Duration.ofSeconds(10));
        wiki.close();
    }

    @Test
    void shouldServeFromCacheGreetByNameAndFetchOnceForACrowd() {
        Visitor.Reply first = reader.get("/wiki/Lighthouse");
        Visitor.Reply second = reader.get("/wiki/Lighthouse", "Cookie", "user=Anna");
        List<Visitor.Reply> crowd = reader.getAtOnce(100, "/wiki/Slow");

        assertThat(first.isHit()).as(first.cacheStatus()).isFalse();
        assertThat(second.isHit()).as(second.cacheStatus()).isTrue();
        assertThat(second.body()).contains("Anna");
        assertThat(crowd).allMatch(reply -> reply.status() == 200);
        assertThat(originRequests("/wiki/Slow")).isEqualTo(1);
    }

    @Test
    void shouldPurgeWhenTheFilesAnnotationChanges() throws IOException {
        reader.get("/wiki/Lighthouse");
        edit("Lighthouse", "Fresh+from+the+editor");
        assertThat(reader.get("/wiki/Lighthouse").body()).doesNotContain("Fresh from the editor");

        annotate("url:/wiki/Lighthouse hard @1");

        await("the purge is done").atMost(SOON).until(() -> output().contains("is done: 1 page"));
        assertThat(reader.get("/wiki/Lighthouse").body()).contains("Fresh from the editor");
    }

    @Test
    void shouldJoinAFragmentThatIsPurgedByItself() throws IOException {
        reader.get("/news");
        edit("Tides", "Spring+tide");
        Visitor.Reply before = reader.get("/news", "Cookie", "user=Anna");
        assertThat(before.isHit()).as(before.cacheStatus()).isTrue();
        assertThat(before.body()).contains("Anna", "id=\"recent\"").doesNotContain("<esi:");

        annotate("tag:recent hard @recent");

        await("the purge is done").atMost(SOON).until(() -> output().contains("is done: 1 page"));
        assertThat(reader.get("/news").body()).contains("Tides</a> · Revision 2");
        assertThat(originRequests("/news")).isEqualTo(1);
        assertThat(originRequests("/news/recent")).isEqualTo(2);
    }

    @Test
    void shouldKeepThePlanWhenTheFileGoesBad() throws IOException {
        reader.get("/wiki/Lighthouse");
        List<String> lines = Files.readAllLines(policy);
        int line = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).strip().startsWith("ttl:"))
                .findFirst()
                .orElseThrow();
        lines.set(line, lines.get(line).replaceFirst("ttl:.*", "ttl: soon"));

        Files.write(policy, lines);

        await("the mistake is reported with its line")
                .atMost(SOON)
                .until(() -> output().contains("policy.yaml:" + (line + 1) + ":"));
        assertThat(output()).contains("'soon'");
        assertThat(reader.get("/wiki/Lighthouse").isHit()).isTrue();
    }

    @Test
    void shouldEndWithAnErrorForABadFileAtStart() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), """
                apiVersion: pagecache.io/v1alpha1
                kind: PageCachePolicy
                metadata: { name: bad }
                spec:
                  origin:
                    url: http://127.0.0.1:1
                  mode: Sometimes
                """);

        ChildProcess refused = Pagecache.start(folder, "serve", bad.toString(), "--port", "" + Pagecache.freePort());

        assertThat(refused.endsWithin(SOON)).isTrue();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.logTail())
                .contains("bad.yaml:7:")
                .contains("spec.mode")
                .contains("Caching, PassThrough");
    }

    private String output() throws IOException {
        return Files.readString(serve.log());
    }

    private void annotate(String purge) throws IOException {
        String text = Files.readString(policy);
        Files.writeString(
                policy,
                text.replaceFirst(
                        "(?m)^  name: wiki$",
                        "  name: wiki\n  annotations:\n    pagecache.io/purge: \"" + purge + "\""));
    }

    private void edit(String article, String text) {
        try (Visitor editor = new Visitor("http://127.0.0.1:" + wiki.port())) {
            assertThat(editor.postForm("/edit/" + article, "text=" + text).status())
                    .isEqualTo(303);
        }
    }

    private long originRequests(String path) {
        try (Visitor visitor = new Visitor("http://127.0.0.1:" + wiki.port())) {
            String counts = visitor.get("/origin-requests").body();
            var count =
                    java.util.regex.Pattern.compile("\"" + path + "\":(\\d+)").matcher(counts);
            return count.find() ? Long.parseLong(count.group(1)) : 0;
        }
    }
}
