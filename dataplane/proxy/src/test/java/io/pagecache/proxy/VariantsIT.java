package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.Variants;
import io.pagecache.plan.Variants.Experiment;
import io.pagecache.plan.Variants.Group;
import io.pagecache.plan.Variants.LanguageRedirect;
import io.pagecache.plan.Variants.Target;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:T9")
@Tag("seed:T11")
@Tag("seed:T22")
@Tag("seed:T23")
@Tag("seed:T24")
@Tag("seed:T25")
@Tag("seed:T40")
@Tag("seed:T42")
class VariantsIT {
    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148";
    private static final String GROUP = "Pagecache-Experiment-hero";

    @TempDir
    Path directory;

    private static SamplePlan plan() {
        return SamplePlan.plan();
    }

    private static SamplePlan withHero(int a, int b) {
        SamplePlan plan = plan();
        plan.cookies = new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.FORWARD, List.of());
        plan.variants = new Variants(
                List.of(new Experiment("hero", "ab", List.of(new Group("a", a), new Group("b", b)))), null);
        return plan;
    }

    private static void showGroup(HttpServerRequest request) {
        request.response()
                .putHeader("Content-Type", "text/html")
                .putHeader("Cache-Control", "public, max-age=60")
                .putHeader("Pagecache-Experiments", "hero")
                .end("hero " + request.getHeader(GROUP));
    }

    private static void showTheme(HttpServerRequest request) {
        String cookies = String.valueOf(request.getHeader("Cookie"));
        String theme = cookies.replaceAll(".*theme=(\\w+).*", "$1");
        request.response()
                .putHeader("Cache-Control", "public, max-age=60")
                .putHeader("Pagecache-Cookies", "theme")
                .end("in " + (theme.equals(cookies) ? "default" : theme));
    }

    @Test
    @DisplayName("T9: phones and desktops get pages of their own, and the origin is told which")
    void shouldKeepAPageForEachClassOfDevices() throws Exception {
        SamplePlan plan = plan();
        plan.device = true;
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.on("/p", request -> request.response().end("for " + request.getHeader("X-Device-Class")));

            Received phone = stage.visitor.get("/p", "User-Agent", PHONE, "X-Device-Class", "bot");
            Received desktop = stage.visitor.get("/p", "User-Agent", "Mozilla/5.0 (X11; Linux x86_64)");
            Received hinted = stage.visitor.get("/p", "User-Agent", "Mozilla/5.0", "Sec-CH-UA-Mobile", "?1");

            assertThat(phone.text()).isEqualTo("for mobile");
            assertThat(desktop.text()).isEqualTo("for desktop");
            assertThat(hinted.text()).isEqualTo("for mobile");
            assertThat(hinted.cacheStatus()).contains("hit");
            assertThat(hinted.header("Vary")).isEqualTo("User-Agent, Sec-CH-UA-Mobile");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(2);
        }
    }

    @Test
    void shouldNotRepeatAPageToAnotherDeviceOnTheFastPath() throws Exception {
        SamplePlan plan = plan();
        plan.device = true;
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.on("/p", request -> request.response().end("for " + request.getHeader("X-Device-Class")));

            for (int i = 0; i < 5; i++) {
                assertThat(stage.visitor.get("/p", "User-Agent", PHONE).text()).isEqualTo("for mobile");
                assertThat(stage.visitor.get("/p", "User-Agent", "X").text()).isEqualTo("for desktop");
            }
        }
    }

    @Test
    @DisplayName("T11: one URL in the reader's language, told to browsers and caches on the way")
    void shouldTellTheLanguageOfAPage() throws Exception {
        SamplePlan plan = plan();
        plan.languages = List.of("en", "de");
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.on(
                    "/p",
                    request -> request.response()
                            .putHeader("Content-Type", "text/html; charset=utf-8")
                            .end("in " + request.getHeader("Accept-Language")));
            stage.origin.answers("/own", "x", "Content-Type", "text/html", "Content-Language", "de-CH");

            Received streamed = stage.visitor.get("/p", "Accept-Language", "de-AT, en;q=0.5");
            Received stored = stage.visitor.get("/p", "Accept-Language", "de");

            assertThat(streamed.text()).isEqualTo("in de");
            assertThat(stored.cacheStatus()).contains("hit");
            for (Received reply : List.of(streamed, stored)) {
                assertThat(reply.header("Content-Language")).isEqualTo("de");
                assertThat(reply.header("Vary")).contains("Accept-Language");
            }
            assertThat(stage.visitor.get("/p", "Accept-Language", "fr").header("Content-Language"))
                    .isEqualTo("en");
            assertThat(stage.visitor.get("/own").header("Content-Language")).isEqualTo("de-CH");
        }
    }

    @Test
    @DisplayName("T40: readers of the general host are sent to the host of their language")
    void shouldRedirectByLanguage() throws Exception {
        SamplePlan plan = plan();
        plan.variants = new Variants(
                List.of(),
                new LanguageRedirect(List.of("localhost"), "en", List.of(new Target("de", "de.localhost")), "lang"));
        try (Stage stage = new Stage(directory, plan)) {
            String host = "localhost:" + stage.proxy.port();

            Received german = stage.visitor.get("/p?a=1", "Host", host, "Accept-Language", "de-DE");
            Received english = stage.visitor.get("/p?a=1", "Host", host, "Accept-Language", "en-GB, de;q=0.1");
            Received chosen = stage.visitor.get("/p?a=1", "Host", host, "Accept-Language", "de", "Cookie", "lang=en");
            Received there = stage.visitor.get("/p?a=1", "Host", "de." + host, "Accept-Language", "de");

            assertThat(german.status()).isEqualTo(302);
            assertThat(german.header("Location")).isEqualTo("http://de." + host + "/p?a=1");
            assertThat(german.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(german.header("Vary")).isEqualTo("Accept-Language, Cookie");
            assertThat(german.cacheStatus()).contains("detail=language-redirect");
            assertThat(english.status()).isEqualTo(200);
            assertThat(english.header("Vary")).isEqualTo("Accept-Language, Cookie");
            assertThat(chosen.text()).isEqualTo(english.text());
            assertThat(there.status()).isEqualTo(200);
            assertThat(there.header("Vary")).isNull();
            assertThat(stage.visitor
                            .post("/p", "x", "Host", host, "Accept-Language", "de")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldRedirectOnTheFastPathsTurnToo() throws Exception {
        SamplePlan plan = plan();
        plan.variants = new Variants(
                List.of(),
                new LanguageRedirect(List.of("localhost"), "en", List.of(new Target("de", "de.localhost")), null));
        try (Stage stage = new Stage(directory, plan)) {
            for (int i = 0; i < 5; i++) {
                assertThat(stage.visitor.get("/p", "Host", "localhost").status())
                        .isEqualTo(200);
                assertThat(stage.visitor
                                .get("/p", "Host", "localhost", "Accept-Language", "de")
                                .status())
                        .isEqualTo(302);
            }
        }
    }

    @Test
    @DisplayName("T23, T24: the page names the cookies that join its key, all others are shared")
    void shouldKeyAPageByTheCookiesThatItNames() throws Exception {
        SamplePlan plan = plan();
        plan.cookies = new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.FORWARD, List.of());
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.on("/p", VariantsIT::showTheme);

            for (int i = 0; i < 4; i++) {
                assertThat(stage.visitor
                                .get("/p", "Cookie", "theme=dark; sid=" + i)
                                .text())
                        .isEqualTo("in dark");
                assertThat(stage.visitor
                                .get("/p", "Cookie", "sid=" + i + "; theme=light")
                                .text())
                        .isEqualTo("in light");
                assertThat(stage.visitor.get("/p").text()).isEqualTo("in default");
            }
            Received reply = stage.visitor.get("/p", "Cookie", "theme=dark");

            assertThat(stage.origin.requestsFor("/p")).isEqualTo(3);
            assertThat(reply.header("Vary")).isEqualTo("Cookie");
            assertThat(reply.header("Pagecache-Cookies")).isNull();
        }
    }

    @Test
    @DisplayName("T24: a page that names other cookies than before is right at once")
    void shouldFollowAPageThatNamesOtherCookies() throws Exception {
        SamplePlan plan = plan();
        plan.cookies = new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.FORWARD, List.of());
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.answers("/p", "same for all", "Cache-Control", "public, max-age=60");
            assertThat(stage.visitor.get("/p", "Cookie", "theme=dark").text()).isEqualTo("same for all");
            stage.origin.on("/p", VariantsIT::showTheme);
            stage.proxy.clock.advance(Duration.ofHours(2));

            assertThat(stage.visitor.get("/p", "Cookie", "theme=dark").text()).isEqualTo("in dark");
            assertThat(stage.visitor.get("/p", "Cookie", "theme=light").text()).isEqualTo("in light");
            assertThat(stage.visitor.get("/p", "Cookie", "theme=dark").cacheStatus())
                    .contains("hit");
        }
    }

    @Test
    void shouldNotKeepAPageWhoseWordsAreNotUnderstood() throws Exception {
        try (Stage stage = new Stage(directory, plan())) {
            stage.origin.answers("/p", "x", "Pagecache-Cookies", "a b");

            stage.visitor.get("/p");

            assertThat(stage.visitor.get("/p").cacheStatus()).doesNotContain("; hit");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("T42: a page that depends on an experiment is cached for each group, and sticks by a cookie")
    void shouldShowEachGroupItsPage() throws Exception {
        try (Stage stage = new Stage(directory, withHero(50, 50))) {
            stage.origin.on("/p", VariantsIT::showGroup);

            stage.proxy.chance.set(0.9);
            Received missed = stage.visitor.get("/p");
            Received newcomer = stage.visitor.get("/p");
            stage.proxy.chance.set(0.1);
            Received other = stage.visitor.get("/p");
            Received known = stage.visitor.get("/p", "Cookie", "ab=b", GROUP, "a");

            for (Received first : List.of(missed, newcomer)) {
                assertThat(first.text()).isEqualTo("hero b");
                assertThat(first.header("Set-Cookie")).isEqualTo("ab=b; Path=/; Max-Age=2592000; SameSite=Lax");
                assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
                assertThat(first.header("Pagecache-Experiments")).isNull();
            }
            assertThat(newcomer.cacheStatus()).contains("hit");
            assertThat(other.text()).isEqualTo("hero a");
            assertThat(known.text()).isEqualTo("hero b");
            assertThat(known.cacheStatus()).contains("hit");
            assertThat(known.header("Set-Cookie")).isNull();
            assertThat(known.header("Cache-Control")).isEqualTo("public, max-age=60");
            assertThat(known.header("Vary")).isEqualTo("Cookie");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("T42: pages that do not depend on an experiment are shared by all groups and set no cookie")
    void shouldShareWhatDependsOnNoExperiment() throws Exception {
        try (Stage stage = new Stage(directory, withHero(50, 50))) {
            Received first = stage.visitor.get("/plain", "Cookie", "ab=a");
            Received second = stage.visitor.get("/plain", "Cookie", "ab=b");
            Received newcomer = stage.visitor.get("/plain");

            assertThat(second.text()).isEqualTo(first.text());
            assertThat(newcomer.text()).isEqualTo(first.text());
            assertThat(newcomer.header("Set-Cookie")).isNull();
            assertThat(stage.origin.lastSeen().header(GROUP)).isEqualTo("a");
            assertThat(stage.origin.lastSeen().header("Cookie")).isNull();
            assertThat(stage.origin.requestsFor("/plain")).isEqualTo(1);
        }
    }

    @Test
    void shouldSetTheCookieOnWhatIsNotKeptAndOnWhatPasses() throws Exception {
        SamplePlan plan = withHero(0, 1).rule("account", "/account", SamplePlan::never);
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.answers("/private", "x", "Cache-Control", "private", "Pagecache-Experiments", "hero");
            stage.origin.answers("/account", "x", "Pagecache-Experiments", "hero");

            assertThat(stage.visitor.get("/private").header("Set-Cookie")).startsWith("ab=b");
            assertThat(stage.visitor.get("/account").header("Set-Cookie")).startsWith("ab=b");
            assertThat(stage.origin.lastSeen().header(GROUP)).isEqualTo("b");
        }
    }

    @Test
    @DisplayName(
            "T42, T28: a page that only shows the group and the device is shared, and keeps its reader in the group")
    void shouldShowGroupAndDeviceInASharedPage() throws Exception {
        SamplePlan plan = withHero(50, 50);
        plan.elements = Behaviour.Elements.ON;
        plan.pages = new Pages(
                Pages.NONE.markers(),
                List.of(header("hero", "pagecache-experiment-hero"), header("device", "x-device-class")),
                List.of());
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.answers(
                    "/p",
                    "<!--pc:get hero-->/<!--pc:get device-->",
                    "Content-Type",
                    "text/html",
                    "Cache-Control",
                    "public, max-age=60");
            stage.origin.answers("/plain", "x", "Content-Type", "text/html", "Cache-Control", "public, max-age=60");

            stage.proxy.chance.set(0.9);
            Received phone = stage.visitor.get("/p", "User-Agent", PHONE, "X-Device-Class", "bot");
            Received desktop = stage.visitor.get("/p", "Cookie", "ab=a", GROUP, "b");

            assertThat(phone.text()).isEqualTo("b/mobile");
            assertThat(phone.header("Set-Cookie")).startsWith("ab=b;");
            assertThat(desktop.text()).isEqualTo("a/desktop");
            assertThat(desktop.header("Set-Cookie")).isNull();
            assertThat(stage.visitor.get("/plain").header("Set-Cookie")).isNull();
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(1);
        }
    }

    private static Pages.Value header(String name, String field) {
        return new Pages.Value(name, new ValueSource.Header(field), Duration.ZERO, Duration.ofSeconds(1), null);
    }

    @Test
    @DisplayName("T42: other weights hold for the next new reader, without a restart")
    void shouldTakeUpNewWeights() throws Exception {
        try (Stage stage = new Stage(directory, withHero(1, 0))) {
            stage.origin.on("/p", VariantsIT::showGroup);
            assertThat(stage.visitor.get("/p").text()).isEqualTo("hero a");

            SamplePlan next = withHero(0, 1);
            next.originPort = stage.origin.port();
            next.revision = "r2";
            stage.proxy.write(next);
            await().until(() -> stage.proxy.revision().equals("r2"));

            assertThat(stage.visitor.get("/p").text()).isEqualTo("hero b");
            assertThat(stage.visitor.get("/p", "Cookie", "ab=a").text()).isEqualTo("hero a");
        }
    }

    @Test
    void shouldNeverRepeatAGroupsPageToReadersOfAnother() throws Exception {
        try (Stage stage = new Stage(directory, withHero(50, 50))) {
            stage.origin.on("/p", VariantsIT::showGroup);

            for (int i = 0; i < 5; i++) {
                stage.proxy.chance.set(i % 2 == 0 ? 0.1 : 0.9);
                assertThat(stage.visitor.get("/p").text()).isEqualTo(i % 2 == 0 ? "hero a" : "hero b");
                assertThat(stage.visitor.get("/p", "Cookie", "ab=a").text()).isEqualTo("hero a");
                assertThat(stage.visitor.get("/p", "Cookie", "ab=b").text()).isEqualTo("hero b");
            }
        }
    }
}
