package io.pagecache.e2e.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.actors.Pagecache;
import io.pagecache.e2e.process.ChildProcess;
import io.pagecache.wiki.Wiki;
import io.pagecache.wiki.WikiOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pagecache explain} by the packaged proxy. */
@Tag("seed:W70")
class ExplainCommandIT {
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private String explains(int exitCode, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "explain", Pagecache.ROOT.resolve("e2e/wiki/policy.yaml").toString()));
        arguments.addAll(List.of(more));
        try (ChildProcess explain = Pagecache.start(folder, arguments.toArray(String[]::new))) {
            assertThat(explain.endsWithin(SOON)).as(explain.logTail()).isTrue();
            assertThat(explain.exitCode()).as(explain.logTail()).isEqualTo(exitCode);
            return Files.readString(explain.log());
        }
    }

    @Test
    void shouldSayWhatThePolicyDecidesWithoutAskingAnybody() throws Exception {
        assertThat(explains(0, "http://wiki.example/wiki/Tides?utm_source=mail&a=1", "-H", "Accept-Language: de"))
                .contains("rule      defaults", "reason    absent", "http://wiki.example/wiki/Tides?a=1")
                .doesNotContain("origin  ");
        assertThat(explains(0, "/account")).contains("rule      visitors", "reason    rule-never");
        assertThat(explains(0, "/wiki/Tides", "--client", "203.0.113.9")).contains("reason    bypass-client-ip");
    }

    @Test
    @DisplayName("with a backend it says whether the answer is kept, for how long and on whose word")
    void shouldAskTheOrigin() throws Exception {
        try (Wiki wiki = Wiki.start(WikiOptions.parse(List.of("--port", "0"), Map.of()), Clock.systemUTC())) {
            String backend = "wiki=127.0.0.1:" + wiki.port();

            assertThat(explains(0, "/wiki/Tides", "--backend", backend))
                    .contains("origin    answers 200", "kept      yes", "ttl       10m (policy: spec.defaults.ttl)");
            assertThat(explains(0, "/news/recent", "--backend", backend))
                    .contains("ttl       10s (policy: spec.rules[recent].ttl)", "tags      recent");
            assertThat(explains(0, "/wiki/Nowhere", "--backend", backend))
                    .contains("origin    answers 404", "ttl       30s (policy: spec.defaults.ttlByStatus)");
        }
    }

    @Test
    void shouldSayWhatIsWrong() throws Exception {
        assertThat(explains(1, "ftp://wiki.example/"))
                .contains("url is 'ftp://wiki.example/': expected an absolute http or https URL");
        assertThat(explains(2, "/", "--output", "xml")).contains("expected text or json");
    }
}
