package io.pagecache.e2e.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.e2e.actors.Browser;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people with real browsers on the demo wiki: one writes, the other reads. */
@Tag("seed:W7")
@Tag("seed:W40")
@Tag("seed:W42")
class AuthorBrowserIT {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String ARTICLE = "/wiki/Lighthouse";
    private static final String POLICY = """
            apiVersion: pagecache.io/v1alpha1
            kind: PageCachePolicy
            metadata: { name: wiki }
            spec:
              origin: { backendRef: { name: wiki, port: 8080 } }
              defaults: { ttl: 1h, requestCookies: Strip }
              rules:
                - { name: editing, match: { path: { type: Prefix, value: /edit } }, cache: Never }
              authors:
                editRequests: [{ methods: [POST], path: { type: Prefix, value: /edit } }]
                quietPeriod: %s
                minOthersQuiet: 1s
            """;

    @TempDir
    Path folder;

    private Wiki wiki;
    private Path policy;
    private ChildProcess serve;
    private Browser browser;
    private String site;

    @BeforeEach
    void start() throws Exception {
        Path program = Browser.installed().orElse(null);
        Assumptions.assumeTrue(program != null, "no Chromium on this machine (Debian: apt-get install chromium)");
        wiki = Wiki.start(WikiOptions.parse(List.of("--port", "0"), Map.of()), Clock.systemUTC());
        policy = Files.writeString(folder.resolve("policy.yaml"), POLICY.formatted("1h"));
        int port = Pagecache.freePort();
        site = "http://127.0.0.1:" + port;
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
        try (Visitor visitor = new Visitor(site)) {
            await("the proxy answers")
                    .atMost(SOON)
                    .ignoreExceptionsInstanceOf(AssertionError.class)
                    .until(() -> visitor.get("/live").status() == 200);
        }
        browser = Browser.start(program, Files.createDirectory(folder.resolve("profile")));
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (serve != null) {
            serve.stop(Duration.ofSeconds(10));
        }
        if (wiki != null) {
            wiki.close();
        }
    }

    @Test
    @DisplayName("W7, W40, W42: who saves sees the new page without reloading by hand, readers do after the cut-over")
    void shouldShowTheEditToItsAuthorFirst() throws IOException {
        Browser.Tab author = browser.open("en");
        Browser.Tab reader = browser.open("en");
        reader.visit(site + ARTICLE);
        shows(reader, "main", "lighthouse");
        author.visit(site + "/edit/Lighthouse");
        await("the form is there")
                .atMost(SOON)
                .until(() -> author.evaluate(
                                "document.readyState === 'complete' && !!document.querySelector('textarea')")
                        .equals("true"));

        author.evaluate("document.querySelector('textarea').value = 'A lamp that nobody has seen before.';"
                + " document.querySelector('textarea').form.submit();");

        shows(author, "main", "A lamp that nobody has seen before.");
        assertThat(author.evaluate("location.pathname")).isEqualTo(ARTICLE);
        reader.visit(site + ARTICLE);
        shows(reader, "main", "lighthouse");
        assertThat(reader.text("main")).doesNotContain("nobody has seen");
        author.screenshot(SCREENSHOTS.resolve("author-sees-the-edit.png"));
        reader.screenshot(SCREENSHOTS.resolve("reader-before-the-cut-over.png"));

        Files.writeString(policy, POLICY.formatted("1s"));

        await("the site cuts over").atMost(SOON).until(() -> {
            reader.visit(site + ARTICLE);
            return reader.text("main").contains("A lamp that nobody has seen before.");
        });
        reader.screenshot(SCREENSHOTS.resolve("reader-after-the-cut-over.png"));
    }

    private static void shows(Browser.Tab tab, String selector, String text) {
        await("the page shows '" + text + "'")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(tab.text(selector)).containsIgnoringCase(text));
    }
}
