package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.FileRef;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.ValueSource.Cookie.Form;
import io.pagecache.plan.ValueSource.Entry.Format;
import io.pagecache.plan.ValueStore;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.StoreProcess;
import io.pagecache.proxy.actors.Tokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes in through a value is text, and stays text: no markup, no marker, no template, no include. */
@Tag("seed:T8")
class InjectionIT {
    private static final String ATTACK = "<script>x</script><!--pc:get secret-->{secret}{#if secret}y{/if}"
            + "<esi:include src=\"/admin\"/><!--esi z-->\" onload='x' `${secret}`";

    /** In HTML, in a quoted script string, in a URL, in JSON, and in an element. */
    private static final String PAGE = "<p title=\"<!--pc:get v-->\"><!--pc:get v--></p>"
            + "<script>a = '<!--pc:get v | js-->'; b = <!--pc:get v | json-->;</script>"
            + "<a href=\"/?q=<!--pc:get v | url-->\"><!--pc:element box--></a><!--pc:get v | number-->";

    @TempDir
    Path directory;

    @Nested
    @DisplayName("in cookies")
    class Cookies {
        @Test
        void shouldBeInertWhenDecoded() throws Exception {
            try (Stage stage = stage(new ValueSource.Cookie("c"))) {
                assertInert(filled(stage, "Cookie", "c=" + percentEncoded(ATTACK)));
            }
        }

        @Test
        void shouldBeInertAsTheyAre() throws Exception {
            try (Stage stage = stage(new ValueSource.Cookie("c", Form.PLAIN, null))) {
                assertInert(filled(stage, "Cookie", "c=" + ATTACK.replace(";", "")));
            }
        }

        @Test
        void shouldBeInertInJson() throws Exception {
            try (Stage stage = stage(new ValueSource.Cookie("c", Form.BASE64_JSON, null))) {
                assertInert(filled(stage, "Cookie", "c=" + Tokens.encoded(json(ATTACK))));
            }
        }
    }

    @Nested
    @DisplayName("in header fields and queries")
    class Requests {
        @Test
        void shouldBeInertInHeaderFields() throws Exception {
            try (Stage stage = stage(new ValueSource.Header("x-name"))) {
                assertInert(filled(stage, "X-Name", ATTACK));
            }
        }

        @Test
        void shouldBeInertInQueries() throws Exception {
            try (Stage stage = stage(new ValueSource.Query("q"))) {
                stage.origin.answers("/p", PAGE, "Content-Type", "text/html; charset=utf-8");
                assertInert(stage.visitor.get("/p?q=" + percentEncoded(ATTACK)).text());
            }
        }
    }

    @Nested
    @DisplayName("in messages")
    class Messages {
        @Test
        void shouldBeInert() throws Exception {
            Path texts =
                    directory.resolve("references").resolve(new FileRef(FileRef.Kind.CONFIG_MAP, "texts", "en").path());
            Files.createDirectories(texts.getParent());
            Files.writeString(texts, "{\"text\": " + json(ATTACK) + "}");
            try (Stage stage = stage(new ValueSource.Messages("texts", List.of("en")))) {
                stage.origin.answers(
                        "/p", PAGE.replace("get v", "get v.text"), "Content-Type", "text/html; charset=utf-8");
                assertInert(stage.visitor.get("/p").text());
            }
        }
    }

    @Nested
    @DisplayName("in stores")
    class Stores {
        @ParameterizedTest
        @EnumSource(StoreProcess.Kind.class)
        void shouldBeInertInEntries(StoreProcess.Kind kind) throws Exception {
            try (StoreProcess store = StoreProcess.start(kind);
                    Stage stage = stage(store, new ValueSource.Entry("s", "entry", Format.TEXT))) {
                store.holds("entry", ATTACK);
                assertInert(filled(stage));
            }
        }

        @ParameterizedTest
        @EnumSource(StoreProcess.Kind.class)
        @DisplayName("a counter that holds anything but a number is none")
        void shouldBeInertInCounters(StoreProcess.Kind kind) throws Exception {
            try (StoreProcess store = StoreProcess.start(kind);
                    Stage stage = stage(store, new ValueSource.Counter("s", "entry"))) {
                store.holds("entry", ATTACK);
                stage.origin.answers("/c", "<!--pc:get v-->,<!--pc:incr v-->", "Content-Type", "text/html");
                assertThat(stage.visitor.get("/c").text()).doesNotContain("script", "secret", "esi");
            }
        }

        @ParameterizedTest
        @EnumSource(StoreProcess.Kind.class)
        @DisplayName("a cookie cannot become a command of the store's protocol, nor another key")
        void shouldNotReachTheProtocol(StoreProcess.Kind kind) throws Exception {
            try (StoreProcess store = StoreProcess.start(kind);
                    Stage stage = stage(store, new ValueSource.Entry("s", "user:{cookie:sid}:name", Format.TEXT))) {
                store.holds("victim", "still here");
                store.holds("user:ann:name", "Ann");
                stage.origin.answers("/p", "<!--pc:get v \"nobody\"-->", "Content-Type", "text/html");

                String injected = stage.visitor
                        .get("/p", "Cookie", "sid=x v\tdelete victim FLUSHALL")
                        .text();
                String climbing =
                        stage.visitor.get("/p", "Cookie", "sid=ann:name").text();
                String tooLong = stage.visitor
                        .get("/p", "Cookie", "sid=" + "x".repeat(3000))
                        .text();
                String ann = stage.visitor.get("/p", "Cookie", "sid=ann").text();

                assertThat(List.of(injected, climbing, tooLong)).containsOnly("nobody");
                assertThat(ann).isEqualTo("Ann");
                assertThat(store.has("victim")).isTrue();
            }
        }
    }

    @Nested
    @DisplayName("in what services answer")
    class Services {
        @Test
        void shouldBeInert() throws Exception {
            SamplePlan plan = SamplePlan.plan();
            try (Stage stage = new Stage(directory, plan)) {
                stage.origin.answers("/value", ATTACK, "Content-Type", "text/plain");
                plan.elements = Behaviour.Elements.ON;
                plan.pages = pages(
                        new ValueSource.Http("http://127.0.0.1:" + stage.origin.port() + "/value", List.of()),
                        List.of());
                plan.revision = "r2";
                stage.proxy.write(plan);
                org.awaitility.Awaitility.await()
                        .until(() -> stage.proxy.revision().equals("r2"));

                assertInert(filled(stage));
            }
        }
    }

    @Nested
    @DisplayName("in what visitors of a site publish")
    class UserContent {
        @Test
        @DisplayName("an application that escapes what visitors type needs to do nothing else: < begins every marker")
        void shouldBeInertWhereTheApplicationEscapes() throws Exception {
            try (Stage stage = stage(new ValueSource.Cookie("c"))) {
                String comment = "&lt;!--pc:get v--&gt; {v}";
                stage.origin.answers("/p", "<p>" + comment + "</p><!--pc:get v-->", "Content-Type", "text/html");

                assertThat(stage.visitor.get("/p", "Cookie", "c=Ann").text()).isEqualTo("<p>" + comment + "</p>Ann");
            }
        }

        @Test
        @DisplayName("with Surrogate, pages of applications that do not ask for it are never acted on")
        void shouldBeInertWhereTheOriginDoesNotAsk() throws Exception {
            SamplePlan plan = plan(new ValueSource.Cookie("c"));
            plan.elements = Behaviour.Elements.SURROGATE;
            try (Stage stage = new Stage(directory, plan)) {
                String typed = "<!--pc:get v-->";
                stage.origin.answers("/p", typed, "Content-Type", "text/html");
                stage.origin.answers(
                        "/text", typed, "Content-Type", "text/plain", "Surrogate-Control", "content=\"Pagecache/1.0\"");

                assertThat(stage.visitor.get("/p", "Cookie", "c=Ann").text()).isEqualTo(typed);
                assertThat(stage.visitor.get("/text", "Cookie", "c=Ann").text()).isEqualTo(typed);
            }
        }

        @Test
        @DisplayName("a delimiter that only the application knows keeps raw markup of visitors from being acted on")
        void shouldBeInertUnderAnotherDelimiter() throws Exception {
            SamplePlan plan = plan(new ValueSource.Cookie("c"));
            plan.pages =
                    new Pages(new Pages.Markers("<!--pc-7f3a:", "-->"), plan.pages.values(), plan.pages.elements());
            try (Stage stage = new Stage(directory, plan)) {
                stage.origin.answers("/p", "<!--pc:get v--><!--pc-7f3a:get v-->", "Content-Type", "text/html");

                assertThat(stage.visitor.get("/p", "Cookie", "c=Ann").text()).isEqualTo("<!--pc:get v-->Ann");
            }
        }
    }

    private static void assertInert(String page) {
        String withoutFrame = page.replaceFirst("<script>a = ", "").replaceFirst(";</script><a", "<a");
        assertThat(withoutFrame)
                .doesNotContain("<script", "</script", "<!--", "<esi", "onload='", "\" onload")
                .doesNotContain("TOP")
                .endsWith("</a>0");
        assertThat(page).contains("&lt;script&gt;x&lt;/script&gt;&lt;!--pc:get secret--&gt;{secret}{#if secret}y{/if}");
    }

    private static String filled(Stage stage, String... fields) {
        stage.origin.answers("/p", PAGE, "Content-Type", "text/html; charset=utf-8");
        return stage.visitor.get("/p", fields).text();
    }

    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String json(String text) {
        return '"' + text.replace("\"", "\\\"") + '"';
    }

    private Stage stage(ValueSource source) {
        return new Stage(directory, plan(source));
    }

    private Stage stage(StoreProcess store, ValueSource source) {
        SamplePlan plan = plan(new ValueSource.Cookie("unused"));
        ValueStore.Kind kind = store.kind() == StoreProcess.Kind.MEMCACHED
                ? new ValueStore.Memcached(List.of(store.address()))
                : new ValueStore.Redis("redis://" + store.address(), null, null);
        plan.pages = pages(source, List.of(new ValueStore("s", kind, Duration.ofSeconds(5))));
        return new Stage(directory, plan);
    }

    private static SamplePlan plan(ValueSource source) {
        SamplePlan plan = SamplePlan.plan();
        plan.elements = Behaviour.Elements.ON;
        plan.pages = pages(source, List.of());
        return plan;
    }

    private static Pages pages(ValueSource source, List<ValueStore> stores) {
        Duration timeout = Duration.ofSeconds(10);
        return new Pages(
                Pages.NONE.markers(),
                List.of(
                        new Pages.Value("v", source, Duration.ZERO, timeout, null),
                        new Pages.Value(
                                "secret", new ValueSource.Header("x-secret"), Duration.ZERO, timeout, "\"TOP\"")),
                List.of(new Pages.Element("box", "<b title=\"{v}\">{#if v.text}{v.text}{#else}{v}{/if}</b>", "")),
                stores,
                timeout);
    }
}
