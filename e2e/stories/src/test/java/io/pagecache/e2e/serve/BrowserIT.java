package io.pagecache.e2e.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.e2e.actors.Browser;
import io.pagecache.e2e.actors.Pagecache;
import io.pagecache.e2e.actors.Visitor;
import io.pagecache.e2e.process.ChildProcess;
import io.pagecache.wiki.Wiki;
import io.pagecache.wiki.WikiOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real browser sees the demo wiki through the cache. */
@Tag("seed:T8")
@Tag("seed:T11")
@Tag("seed:T12")
@Tag("seed:T42")
class BrowserIT {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String ARTICLE = "/wiki/Lighthouse";

    @TempDir
    Path folder;

    private Wiki wiki;
    private ChildProcess serve;
    private Browser browser;
    private String site;

    @BeforeEach
    void start() throws Exception {
        Path program = Browser.installed().orElse(null);
        Assumptions.assumeTrue(program != null, "no Chromium on this machine (Debian: apt-get install chromium)");
        wiki = Wiki.start(WikiOptions.parse(List.of("--port", "0"), Map.of()), Clock.systemUTC());
        int port = Pagecache.freePort();
        site = "http://127.0.0.1:" + port;
        serve = Pagecache.start(
                folder,
                "serve",
                Pagecache.ROOT.resolve("e2e/wiki/policy.yaml").toString(),
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
                    .until(() -> {
                        assertThat(serve.isAlive()).as(serve.logTail()).isTrue();
                        return visitor.get("/live").status() == 200;
                    });
        }
        browser = Browser.start(program, java.nio.file.Files.createDirectory(folder.resolve("profile")));
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
    @DisplayName("T8, T12: two people at once see their own names on one cached page, in their languages")
    void shouldBePersonalForTwoPeopleAtOnce() throws Exception {
        Browser.Tab anna = browser.open("en");
        Browser.Tab bela = browser.open("en");
        Browser.Tab carl = browser.open("de-AT, de;q=0.9");
        logIn(anna, "Anna");
        logIn(bela, "Béla");

        for (Browser.Tab tab : List.of(anna, bela, carl)) {
            tab.visit(site + ARTICLE);
        }

        greeted(anna, "Hello, Anna");
        greeted(bela, "Hello, Béla");
        greeted(carl, "Anmelden");
        assertThat(carl.evaluate("document.documentElement.lang")).isEqualTo("de");
        assertThat(anna.text("#build-number")).isEqualTo(bela.text("#build-number"));
        assertThat(originRequests(ARTICLE)).as("one for each language").isEqualTo(2);
        anna.screenshot(SCREENSHOTS.resolve("anna.png"));
        bela.screenshot(SCREENSHOTS.resolve("bela.png"));
        carl.screenshot(SCREENSHOTS.resolve("carl.png"));
    }

    @Test
    @DisplayName("T42: a reader stays in the group of the experiment, and each group's page is fetched once")
    void shouldKeepReadersInTheirGroups() throws Exception {
        for (int reader = 0; reader < 6; reader++) {
            Browser.Tab tab = browser.open("en");
            tab.visit(site + "/");
            String first = hero(tab);
            tab.visit(site + "/?utm_source=again");
            String second = hero(tab);

            assertThat(second).isEqualTo(first);
            tab.screenshot(SCREENSHOTS.resolve("hero-" + (first.contains("Come in") ? "b" : "a") + ".png"));
        }

        assertThat(originRequests("/")).isLessThanOrEqualTo(2);
    }

    private static String hero(Browser.Tab tab) {
        await("the page is there").atMost(SOON).until(() -> !tab.text(".hero p").isEmpty());
        return tab.text(".hero p");
    }

    private void logIn(Browser.Tab tab, String name) {
        tab.visit(site + "/login?next=" + "/account");
        await("the form is there")
                .atMost(SOON)
                .until(() -> tab.evaluate(
                                "document.readyState === 'complete' && !!document.querySelector('form [name=name]')")
                        .equals("true"));
        tab.evaluate("document.querySelector('form [name=name]').value = '" + name + "';"
                + " document.querySelector('form [name=name]').form.submit();");
        greeted(tab, "Hello, " + name);
    }

    private static void greeted(Browser.Tab tab, String greeting) {
        await("the greeting is there")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(tab.text("#greeting")).contains(greeting));
    }

    private long originRequests(String path) {
        try (Visitor visitor = new Visitor("http://127.0.0.1:" + wiki.port())) {
            Matcher count = Pattern.compile("\"" + Pattern.quote(path) + "\":(\\d+)")
                    .matcher(visitor.get("/origin-requests").body());
            return count.find() ? Long.parseLong(count.group(1)) : 0;
        }
    }
}
