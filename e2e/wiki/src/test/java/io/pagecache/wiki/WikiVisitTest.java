package io.pagecache.wiki;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What visitors do: log in, edit, log out; and what tests do: count and break. */
class WikiVisitTest {
    private WikiUnderTest wiki;

    @BeforeEach
    void start() {
        wiki = new WikiUnderTest(Duration.ZERO, true);
    }

    @AfterEach
    void stop() {
        wiki.close();
    }

    @Test
    void shouldKnowWhoLoggedIn() {
        HttpResponse<String> login = wiki.post("/login", "name=Grace+Hopper&next=%2Fwiki%2FTides");

        String cookies = cookiesOf(login);
        HttpResponse<String> session = wiki.get("/session", "Cookie", cookies);
        HttpResponse<String> account = wiki.get("/account", "Cookie", cookies);

        assertThat(login.statusCode()).isEqualTo(303);
        assertThat(login.headers().firstValue("Location")).hasValue("/wiki/Tides");
        assertThat(session.body()).isEqualTo("{\"name\":\"Grace Hopper\"}");
        assertThat(session.headers().firstValue("Cache-Control")).hasValue("private, no-store");
        assertThat(account.body()).contains("Grace Hopper");
        assertThat(account.headers().firstValue("Cache-Control")).hasValue("private, no-store");
        assertThat(login.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).contains("sid=", "HTTPOnly", "SameSite=Lax"));
    }

    @Test
    void shouldForgetWhoLoggedOut() {
        String cookies = cookiesOf(wiki.post("/login", "name=Ada"));

        HttpResponse<String> logout = wiki.post("/logout", "", "Cookie", cookies);

        assertThat(logout.headers().allValues("Set-Cookie"))
                .allSatisfy(cookie -> assertThat(cookie).contains("Max-Age=0"));
        assertThat(wiki.get("/session", "Cookie", cookies).body()).isEqualTo("{}");
    }

    @Test
    void shouldLeadStrangersFromTheAccountToTheLogin() {
        HttpResponse<String> account = wiki.get("/account");

        assertThat(account.statusCode()).isEqualTo(303);
        assertThat(account.headers().firstValue("Location")).hasValue("/login?next=/account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", ""})
    void shouldNotLeadElsewhereAfterTheLogin(String next) {
        HttpResponse<String> login =
                wiki.post("/login", "name=Ada&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));

        assertThat(login.headers().firstValue("Location")).hasValue("/");
    }

    @Test
    void shouldAskAgainForAName() {
        assertThat(wiki.post("/login", "name=+").statusCode()).isEqualTo(422);
    }

    @Test
    void shouldShowAnEditAtOnce() {
        HttpResponse<String> saved = wiki.post("/edit/Tides", "text=The+sea+waits.");

        HttpResponse<String> page = wiki.get("/wiki/Tides", WikiUnderTest.CACHE_IN_FRONT);

        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(saved.headers().firstValue("Location")).hasValue("/wiki/Tides");
        assertThat(page.body()).contains("<p>The sea waits.</p>");
        assertThat(page.headers().firstValue("ETag")).hasValue("W/\"Tides-2-en\"");
    }

    @Test
    void shouldNeverTurnWhatVisitorsTypeIntoMarkersOrMarkup() {
        String typed = "<!--pc:element greeting--> <script>alert(1)</script> [[<!--pc:x-->]] '''<b>'''";
        wiki.post("/edit/Trap", "text=" + URLEncoder.encode(typed, StandardCharsets.UTF_8));

        String article = wiki.get("/wiki/Trap").body();
        String form = wiki.get("/edit/Trap").body();
        String home = wiki.get("/").body();

        assertThat(article).contains("&lt;!--pc:element greeting--&gt;").doesNotContain("<!--pc:", "<script>");
        assertThat(form).contains("&lt;!--pc:element greeting--&gt;").doesNotContain("<!--pc:", "<script>");
        assertThat(home).contains("&lt;!--pc:element greeting--&gt;").doesNotContain("<!--pc:", "<script>");
    }

    @Test
    void shouldRefuseTextsThatAreTooLong() {
        HttpResponse<String> saved = wiki.post("/edit/Tides", "text=" + "x".repeat(65 * 1024));

        assertThat(saved.statusCode()).isEqualTo(413);
        assertThat(saved.body()).contains("65536");
    }

    @Test
    void shouldRefuseFormsWithoutText() {
        assertThat(wiki.post("/edit/Tides", "txt=1").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldCountTheRequestsThatReachIt() {
        wiki.get("/wiki/Tides");
        wiki.get("/wiki/Tides");
        wiki.get("/healthz");
        wiki.get("/");

        HttpResponse<String> counts = wiki.get("/origin-requests");

        assertThat(counts.body()).isEqualTo("{\"total\":3,\"paths\":{\"/\":1,\"/wiki/Tides\":2}}");
    }

    @Test
    void shouldCountAnewAfterAReset() {
        wiki.get("/");
        wiki.send("DELETE", "/origin-requests");

        assertThat(wiki.get("/origin-requests").body()).isEqualTo("{\"total\":0,\"paths\":{}}");
    }

    @Test
    void shouldFailWhileToldTo() {
        wiki.get("/fail?on");
        int failing = wiki.get("/wiki/Tides").statusCode();
        wiki.get("/fail?off");

        assertThat(failing).isEqualTo(503);
        assertThat(wiki.get("/wiki/Tides").statusCode()).isEqualTo(200);
    }

    private static String cookiesOf(HttpResponse<?> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
    }
}
