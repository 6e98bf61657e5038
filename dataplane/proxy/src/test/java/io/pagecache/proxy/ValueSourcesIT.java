package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.FileRef;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.ValueSource.Cookie.Form;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.TinyGeoDatabase;
import io.pagecache.proxy.actors.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where values come from: one cached page, filled for whoever asks. */
@Tag("seed:T28")
class ValueSourcesIT {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path directory;

    @Test
    @Tag("seed:T12")
    @DisplayName("T12: the name in a signed token; forged, unsigned, foreign and expired ones count as missing")
    void shouldReadSignedTokens() throws Exception {
        FileRef secret = new FileRef(FileRef.Kind.SECRET, "shop-jwt", "key");
        mount(secret, SECRET + "\n");
        try (Stage stage = page("<!--pc:get v.name \"guest\"-->", new ValueSource.Cookie("t", Form.JWT, secret))) {
            long now = stage.proxy.clock.instant().getEpochSecond();
            String claims = "{\"name\":\"Ann\",\"exp\":" + (now + 60) + "}";
            String good = Tokens.signed(SECRET, claims);

            assertThat(shown(stage, "Cookie", "t=" + good)).isEqualTo("Ann");
            assertThat(shown(stage, "Cookie", "t=" + Tokens.signed(SECRET, "{\"name\":\"Bob\"}")))
                    .isEqualTo("Bob");
            assertThat(shown(stage, "Cookie", "t=" + Tokens.signed("another".repeat(5), claims)))
                    .isEqualTo("guest");
            assertThat(shown(stage, "Cookie", "t=" + Tokens.unsigned(claims))).isEqualTo("guest");
            assertThat(shown(stage, "Cookie", "t=" + Tokens.signed(SECRET, "{\"alg\":\"HS512\"}", claims)))
                    .isEqualTo("guest");
            assertThat(shown(stage, "Cookie", "t=" + good.substring(0, good.length() - 4)))
                    .isEqualTo("guest");
            assertThat(shown(stage, "Cookie", "t=not.a.token")).isEqualTo("guest");
            assertThat(shown(stage)).isEqualTo("guest");
            stage.proxy.clock.advance(Duration.ofSeconds(61));
            assertThat(shown(stage, "Cookie", "t=" + good)).isEqualTo("guest");
        }
    }

    @Test
    @DisplayName("a secret that is changed is followed; one that is too short is not used")
    void shouldFollowTheSecret() throws Exception {
        FileRef secret = new FileRef(FileRef.Kind.SECRET, "shop-jwt", "key");
        mount(secret, "short");
        try (Stage stage = page("<!--pc:get v.name \"guest\"-->", new ValueSource.Cookie("t", Form.JWT, secret))) {
            String token = "t=" + Tokens.signed(SECRET, "{\"name\":\"Ann\"}");
            assertThat(shown(stage, "Cookie", token)).isEqualTo("guest");
            assertThat(shown(stage, "Cookie", "t=" + Tokens.signed("short", "{\"name\":\"Eve\"}")))
                    .isEqualTo("guest");

            mount(secret, SECRET);

            await().until(() -> shown(stage, "Cookie", token).equals("Ann"));
        }
    }

    @Test
    @Tag("seed:T10")
    @DisplayName("T10: cookies as they are, percent-decoded, and as Base64 JSON")
    void shouldReadCookies() throws Exception {
        try (Stage stage = page("<!--pc:get v-->", new ValueSource.Cookie("c", Form.PLAIN, null))) {
            assertThat(shown(stage, "Cookie", "c=a%20b")).isEqualTo("a%20b");
        }
        try (Stage stage = page("<!--pc:get v-->", new ValueSource.Cookie("c"))) {
            assertThat(shown(stage, "Cookie", "c=a%20b+%C3%A9")).isEqualTo("a b+\u00e9");
        }
        ValueSource json = new ValueSource.Cookie("c", Form.BASE64_JSON, null);
        try (Stage stage = page("<!--pc:get v.cart.1 \"empty\"-->", json)) {
            assertThat(shown(stage, "Cookie", "c=" + Tokens.encoded("{\"cart\":[1,27]}")))
                    .isEqualTo("27");
            assertThat(shown(stage, "Cookie", "c=eyJjYXJ0IjpbMSwyN119%3D")).isEqualTo("27");
            assertThat(shown(stage, "Cookie", "c=%%%")).isEqualTo("empty");
            assertThat(shown(stage, "Cookie", "c=" + Tokens.encoded("[[["))).isEqualTo("empty");
        }
    }

    @Test
    @DisplayName("T28: parts of the path, by position and by expression")
    void shouldReadThePath() throws Exception {
        try (Stage stage = page("<!--pc:get v \"-\"-->", new ValueSource.Path(2, null))) {
            stage.origin.answers("/a/b%20c", "<!--pc:get v \"-\"-->", "Content-Type", "text/html");
            assertThat(stage.visitor.get("/a/b%20c").text()).isEqualTo("b c");
            assertThat(stage.visitor.get("/p").text()).isEqualTo("-");
        }
        ValueSource named = new ValueSource.Path(0, "/(?P<year>[0-9]{4})/(?P<title>[^/]+)");
        try (Stage stage = page("", named)) {
            stage.origin.answers(
                    "/2026/news", "<!--pc:get v.year-->:<!--pc:get v.title-->", "Content-Type", "text/html");
            assertThat(stage.visitor.get("/2026/news").text()).isEqualTo("2026:news");
        }
    }

    @Test
    @DisplayName("T28, T43: the client's address, as far as trusted proxies tell it; host and path")
    void shouldReadWhatTheRequestIsAbout() throws Exception {
        try (Stage stage = page("<!--pc:get v-->", new ValueSource.Request(ValueSource.Request.Property.CLIENT_IP))) {
            assertThat(shown(stage, "X-Forwarded-For", "203.0.113.9")).isEqualTo("203.0.113.9");
            assertThat(shown(stage)).isEqualTo("127.0.0.1");
        }
        try (Stage stage = page("<!--pc:get v-->", new ValueSource.Request(ValueSource.Request.Property.HOST))) {
            assertThat(shown(stage)).startsWith("127.0.0.1");
        }
    }

    @Test
    @Tag("seed:T41")
    @DisplayName("T41: where the reader is, by the field of a trusted proxy; nobody else is believed")
    void shouldBelieveOnlyTrustedProxies() throws Exception {
        try (Stage stage = page("<!--pc:get v \"?\"-->", new ValueSource.GeoHeader("x-country"))) {
            assertThat(shown(stage, "X-Country", "CH")).isEqualTo("CH");
        }
        SamplePlan open = plan(new ValueSource.GeoHeader("x-country"));
        open.trustedProxies = List.of();
        try (Stage stage = new Stage(directory, open)) {
            stage.origin.answers("/p", "<!--pc:get v \"?\"-->", "Content-Type", "text/html");
            assertThat(shown(stage, "X-Country", "CH")).isEqualTo("?");
        }
    }

    @Test
    @Tag("seed:T41")
    @DisplayName("T41: where the reader is, by a database in MaxMind's format, which may come and change")
    void shouldLookUpTheReadersPlace() throws Exception {
        FileRef file = new FileRef(FileRef.Kind.CLAIM, "geo", "country.mmdb");
        byte[] block = {(byte) 203, 0, 113, 0};
        try (Stage stage = page("<!--pc:get v.country.iso_code \"?\"-->", new ValueSource.GeoDatabase(file))) {
            assertThat(shown(stage, "X-Forwarded-For", "203.0.113.9")).isEqualTo("?");

            mount(file, TinyGeoDatabase.of(block, 24, Map.of("country", Map.of("iso_code", "CH"))));
            await().until(() -> shown(stage, "X-Forwarded-For", "203.0.113.9").equals("CH"));
            assertThat(shown(stage, "X-Forwarded-For", "203.0.114.9")).isEqualTo("?");
            assertThat(shown(stage, "X-Forwarded-For", "2001:db8::1")).isEqualTo("?");

            mount(file, TinyGeoDatabase.of(block, 24, Map.of("country", Map.of("iso_code", "AUT"))));
            await().until(() -> shown(stage, "X-Forwarded-For", "203.0.113.9").equals("AUT"));
        }
    }

    @Test
    @Tag("seed:T11")
    @DisplayName("T11, T28: the reader's language, and texts in it, which may change")
    void shouldSpeakTheReadersLanguage() throws Exception {
        try (Stage stage = page("<!--pc:get v-->", new ValueSource.Language(List.of("en", "de")))) {
            assertThat(shown(stage, "Accept-Language", "de-CH, en;q=0.5")).isEqualTo("de");
            assertThat(shown(stage, "Accept-Language", "ja")).isEqualTo("en");
        }
        mount(message("en"), "# greetings\nhello=Hello\nbye = Bye=bye\n");
        mount(message("de"), "{\"hello\": \"Gr\u00fc\u00dfe\"}");
        ValueSource messages = new ValueSource.Messages("texts", List.of("en", "de"));
        try (Stage stage = page("<!--pc:get v.hello-->, <!--pc:get v.bye-->", messages)) {
            assertThat(shown(stage)).isEqualTo("Hello, Bye=bye");
            assertThat(shown(stage, "Accept-Language", "de")).isEqualTo("Gr&#252;&#223;e, Bye=bye");

            mount(message("de"), "not a line");
            mount(message("en"), "hello=Hi\nbye=So long");

            await().until(() -> shown(stage).equals("Hi, So long"));
            assertThat(shown(stage, "Accept-Language", "de")).isEqualTo("Gr&#252;&#223;e, So long");
        }
    }

    private static FileRef message(String language) {
        return new FileRef(FileRef.Kind.CONFIG_MAP, "texts", language);
    }

    private static String shown(Stage stage, String... fields) {
        return stage.visitor.get("/p", fields).text();
    }

    private Stage page(String page, ValueSource source) {
        Stage stage = new Stage(directory, plan(source));
        stage.origin.answers(
                "/p", page, "Content-Type", "text/html" + (page.contains("v-->") ? "; charset=utf-8" : ""));
        return stage;
    }

    private static SamplePlan plan(ValueSource source) {
        SamplePlan plan = SamplePlan.plan();
        plan.elements = Behaviour.Elements.ON;
        plan.trustedProxies = List.of("127.0.0.0/8");
        plan.pages = new Pages(
                Pages.NONE.markers(),
                List.of(new Pages.Value("v", source, Duration.ZERO, Duration.ofSeconds(5), null)),
                List.of());
        return plan;
    }

    private void mount(FileRef file, String text) throws IOException {
        mount(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** As the kubelet does it: complete at once. */
    private void mount(FileRef file, byte[] content) throws IOException {
        Path path = directory.resolve("references").resolve(file.path());
        Files.createDirectories(path.getParent());
        Path whole = Files.write(path.resolveSibling(path.getFileName() + ".new"), content);
        Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
