package io.pagecache.url;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.ClientAddress;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Urls;
import io.pagecache.plan.Urls.InternalLinks;
import io.pagecache.plan.Urls.TrailingSlash;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("seed:W79")
class UrlRulesTest {

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @DisplayName("W79: readers of the other form of a path are sent to the one that is meant")
    @CsvSource({
        "KEEP, /a/, ",
        "ADD, /, ",
        "ADD, /a, /a/",
        "ADD, /a/, ",
        "ADD, /a/b?x=1, /a/b/?x=1",
        "ADD, /a/b.html, ",
        "ADD, /a.b/c, /a.b/c/",
        "ADD, //evil.example, ",
        "ADD, //evil/x, http://www.example.com//evil/x/",
        "REMOVE, /, ",
        "REMOVE, /a, ",
        "REMOVE, /a/, /a",
        "REMOVE, /a/?x=1, /a?x=1",
        "REMOVE, /a///, /a",
        "REMOVE, //evil.example/, http://www.example.com//evil.example",
        "REMOVE, ////, /"
    })
    void shouldSendReadersToTheOtherForm(TrailingSlash rule, String target, String expected) {
        UrlRules rules = new UrlRules(new Urls(rule, false, InternalLinks.KEEP, List.of()));

        assertThat(rules.redirect(request("GET", target))).isEqualTo(expected);
    }

    @Test
    void shouldNotSendFormsElsewhere() {
        UrlRules rules = new UrlRules(new Urls(TrailingSlash.ADD, false, InternalLinks.KEEP, List.of()));

        assertThat(rules.redirect(request("POST", "/a"))).isNull();
        assertThat(rules.redirect(request("HEAD", "/a"))).isEqualTo("/a/");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @DisplayName("W79, RFC 3986 section 6.2.2: the normal form of a path")
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/.a/..b/c., /.a/..b/c.",
        "//a///b, /a/b",
        "/a/, /a/",
        "/a//, /a/",
        "/a/./b/../c, /a/c",
        "/a/.., /",
        "/a/b/.., /a/",
        "/a/b/., /a/b/",
        "/../../x, /x",
        "/%7euser/%41, /~user/A",
        "/a%2fb, /a%2Fb",
        "/%2e%2e/x, /x",
        "/a/%2E/b, /a/b",
        "/a%zz%, /a%zz%",
        "/caf%c3%a9, /caf%C3%A9",
        "/a?, /a",
        "/a?x=%7e//y, /a?x=%7e//y",
        "/a;x=1/b, /a;x=1/b"
    })
    void shouldBringPathsIntoTheirNormalForm(String target, String expected) {
        UrlRules rules = new UrlRules(new Urls(TrailingSlash.KEEP, true, InternalLinks.KEEP, List.of()));

        PageRequest understood = rules.understood(request("GET", target));

        assertThat(understood.target()).isEqualTo(expected);
        assertThat(rules.understood(understood)).isSameAs(understood);
    }

    @Test
    @DisplayName("E9: without the policy's word nothing is normalised")
    void shouldLeavePathsAsTheyAreSent() {
        PageRequest request = request("GET", "//a/./%7e?");

        assertThat(new UrlRules(Urls.AS_SENT).understood(request)).isSameAs(request);
    }

    private static PageRequest request(String method, String target) {
        int question = target.indexOf('?');
        return new PageRequest(
                method,
                "http",
                "www.example.com",
                question < 0 ? target : target.substring(0, question),
                question < 0 ? null : target.substring(question + 1),
                Headers.EMPTY,
                new ClientAddress("192.0.2.1"),
                false);
    }
}
