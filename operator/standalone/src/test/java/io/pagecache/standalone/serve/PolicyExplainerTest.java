package io.pagecache.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagecache.operator.compile.PlanJson;
import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.Explanation.LifetimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:W70")
class PolicyExplainerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writePolicy() throws Exception {
        file = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: pagecache.io/v1alpha1
                kind: PageCachePolicy
                metadata: { name: shop }
                spec:
                  origin: { backendRef: { name: shop, port: 8080 } }
                  hosts: [www.example.com, example.com]
                  defaults: { ttl: 60s }
                  rules:
                    - name: news
                      match: { path: { type: Prefix, value: /news } }
                      ttl: 90s
                """);
    }

    private int explain(List<String> proxy, String url, boolean ask, boolean json) throws Exception {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return new PolicyExplainer(file, new LocalBackends(Map.of()), proxy, console)
                .run(new ExplainRequest(url, null, Map.of(), null, null, ask), json);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldTellPeople() throws Exception {
        assertThat(explain(FakeProxy.command(), "/news/1", true, false)).isZero();

        assertThat(output()).isEqualToNormalizingNewlines("""
                GET http://www.example.com/news/1
                  rule      news
                  decision  the origin is asked, and its answer kept if that may be
                  reason    absent
                  key       http://www.example.com/news/1
                  origin    answers 200
                  kept      yes
                  ttl       1m30s (policy: spec.rules[news].ttl)
                  then      for 30s stale while it is fetched anew
                  tags      news
                """);
        assertThat(err.size()).isZero();
    }

    @Test
    void shouldTellPrograms() throws Exception {
        assertThat(explain(FakeProxy.command(), "https://example.com/news/1", true, true))
                .isZero();

        Explanation explanation = PlanJson.read(output(), Explanation.class);
        assertThat(explanation.key()).isEqualTo("https://example.com/news/1");
        assertThat(explanation.keeping().lifetimeSource())
                .isEqualTo(new LifetimeSource("policy", "spec.rules[news].ttl"));
    }

    @Test
    void shouldSayWhatIsWrongWithTheQuestion() {
        assertThatThrownBy(() -> explain(FakeProxy.command(), "news", false, false))
                .isInstanceOf(IOException.class)
                .hasMessage("url is wrong");
    }

    @Test
    void shouldSayWhatIsWrongWithTheFile() throws Exception {
        Files.writeString(file, Files.readString(file).replace("ttl: 60s", "ttl: soon"));

        assertThat(explain(FakeProxy.command(), "/", false, false)).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(file + ":7:")
                .contains("spec.defaults.ttl: 'soon'");
    }

    @Test
    void shouldSayWhyTheProxyDoesNotBegin() {
        assertThatThrownBy(() -> explain(List.of("sh", "-c", "echo no memory >&2"), "/", false, false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the proxy has ended")
                .hasMessageContaining("no memory");
    }
}
