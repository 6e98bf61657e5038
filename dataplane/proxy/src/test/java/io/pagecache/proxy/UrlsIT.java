package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Urls;
import io.pagecache.plan.Urls.InternalLinks;
import io.pagecache.plan.Urls.TrailingSlash;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How URLs are understood, and which ones readers see. */
@Tag("seed:W79")
@Tag("seed:W48")
class UrlsIT {
    private static final String HTML = "text/html; charset=utf-8";

    @TempDir
    Path directory;

    private Stage stage(TrailingSlash slash, boolean normalise, InternalLinks links) {
        SamplePlan plan = SamplePlan.plan();
        plan.urls = new Urls(slash, normalise, links, List.of("shop:8080"));
        return new Stage(directory, plan);
    }

    @Test
    @DisplayName("W79: the form with or without a slash at the end is one page: readers of the other are sent there")
    void shouldRedirectTheOtherForm() throws Exception {
        try (Stage stage = stage(TrailingSlash.REMOVE, false, InternalLinks.KEEP)) {
            Received other = stage.visitor.get("/a/?x=1");
            Received same = stage.visitor.get("/a?x=1");
            Received form = stage.visitor.post("/a/", "x=1");

            assertThat(other.status()).isEqualTo(301);
            assertThat(other.header("Location")).isEqualTo("/a?x=1");
            assertThat(other.header("Cache-Control")).isEqualTo("max-age=300");
            assertThat(other.cacheStatus()).contains("detail=url-redirect");
            assertThat(same.status()).isEqualTo(200);
            assertThat(form.status()).isEqualTo(200);
            assertThat(stage.origin.seen()).extracting("uri").containsExactly("/a?x=1", "/a/");
        }
    }

    @Test
    @DisplayName("W79, E9: what is keyed is what the origin is asked for")
    void shouldAskTheOriginForThePathThatIsKeyed() throws Exception {
        try (Stage stage = stage(TrailingSlash.KEEP, true, InternalLinks.KEEP)) {
            Received first = stage.visitor.get("//shop/./%7Eann/../%62ob?");
            Received second = stage.visitor.get("/shop/bob");
            stage.visitor.post("/shop//bob", "x=1");
            Received third = stage.visitor.get("/shop/bob");

            assertThat(first.status()).isEqualTo(200);
            assertThat(second.cacheStatus()).contains("hit");
            assertThat(third.cacheStatus()).doesNotContain("; hit");
            assertThat(stage.origin.seen()).extracting("uri").containsOnly("/shop/bob");
        }
    }

    @Test
    @DisplayName("W79: a rule cannot be passed by another spelling of its path")
    void shouldMatchRulesByTheNormalForm() throws Exception {
        SamplePlan plan = SamplePlan.plan().rule("account", "/account", SamplePlan::never);
        plan.urls = new Urls(TrailingSlash.KEEP, true, InternalLinks.KEEP, List.of());
        try (Stage stage = new Stage(directory, plan)) {
            assertThat(stage.visitor.get("/%61ccount/x").cacheStatus()).contains("rule-never");
            assertThat(stage.visitor.get("/x/../account").cacheStatus()).contains("rule-never");
        }
    }

    @Test
    @DisplayName("W48: fields name the site as its readers do, on redirects that are cached too")
    void shouldReplaceInternalLinksInFields() throws Exception {
        try (Stage stage = stage(TrailingSlash.KEEP, false, InternalLinks.FIELDS)) {
            stage.origin.on(
                    "/old",
                    request -> request.response()
                            .setStatusCode(301)
                            .putHeader("Location", "http://127.0.0.1:" + stage.origin.port() + "/new")
                            .putHeader("Link", "<http://shop:8080/next>; rel=next")
                            .putHeader("Cache-Control", "max-age=60")
                            .end("<a href=http://shop:8080/new>"));

            Received first = stage.visitor.get("/old", "Host", "www.example.com");
            Received second = stage.visitor.get("/old", "Host", "www.example.com");
            Received other = stage.visitor.get("/old", "Host", "shop.example.com");
            Received passed = stage.visitor.sends("POST", "/old", "x", "Host", "www.example.com");

            assertThat(first.header("Location")).isEqualTo("http://www.example.com/new");
            assertThat(first.header("Link")).isEqualTo("<http://www.example.com/next>; rel=next");
            assertThat(second.cacheStatus()).contains("hit");
            assertThat(second.header("Location")).isEqualTo("http://www.example.com/new");
            assertThat(other.header("Location")).isEqualTo("http://shop.example.com/new");
            assertThat(passed.header("Location")).isEqualTo("http://www.example.com/new");
            assertThat(first.text()).contains("http://shop:8080/new");
        }
    }

    @Test
    @DisplayName("W48: so does HTML, kept or passed on; nothing else is touched")
    void shouldReplaceInternalLinksInPages() throws Exception {
        try (Stage stage = stage(TrailingSlash.KEEP, false, InternalLinks.PAGES)) {
            String page = "<p>é</p>".repeat(4000) + "<a href=\"http://shop:8080/x\">";
            String expected = page.replace("shop:8080", "www.example.com");
            stage.origin.answers("/p", page, "Content-Type", HTML);
            stage.origin.answers("/private", page, "Content-Type", HTML, "Cache-Control", "private");
            stage.origin.answers("/data", page, "Content-Type", "application/json");
            stage.origin.answers("/empty", "", "Content-Type", HTML);

            Received first = stage.visitor.get("/p", "Host", "www.example.com", "Accept-Encoding", "gzip");
            assertThat(stage.origin.lastSeen().header("Accept-Encoding")).isEqualTo("identity");
            Received second = stage.visitor.get("/p", "Host", "www.example.com");
            Received passed = stage.visitor.get("/private", "Host", "www.example.com");
            Received data = stage.visitor.get("/data", "Host", "www.example.com");
            Received empty = stage.visitor.get("/empty", "Host", "www.example.com");

            assertThat(first.status()).isEqualTo(200);
            assertThat(second.text()).isEqualTo(expected);
            assertThat(second.cacheStatus()).contains("hit");
            assertThat(passed.text()).isEqualTo(expected);
            assertThat(data.text()).isEqualTo(page);
            assertThat(empty.text()).isEmpty();
        }
    }
}
