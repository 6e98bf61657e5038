package io.pagecache.proxy.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.Visitor.Received;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 section 4.3 on the wire: conditions towards the origin and from clients")
class ValidationIT extends BareStage {
    @ParameterizedTest(name = "{0}")
    @DisplayName("4.3.1: a stale page is validated with exactly the validators its origin gave")
    @CsvSource(delimiter = '^', textBlock = """
            ETag: "abc"                                ^ If-None-Match     ^ "abc"
            ETag: W/"abc"                              ^ If-None-Match     ^ W/"abc"
            ETag: abc                                  ^ If-None-Match     ^ abc
            Last-Modified: Sun, 01 Nov 2026 00:00:00 GMT ^ If-Modified-Since ^ Sun, 01 Nov 2026 00:00:00 GMT
            """)
    void shouldValidateWithTheOriginsValidators(String validator, String condition, String value) {
        CachedPage page = new CachedPage(stage)
                .says("Cache-Control: max-age=2 || " + validator)
                .confirms();
        page.get();

        Received validated = page.after(3).get();

        assertThat(validated.status()).isEqualTo(200);
        assertThat(validated.text()).isEqualTo("#1");
        assertThat(page.lastSeen().header(condition)).isEqualTo(value);
        assertThat(page.asked()).isEqualTo(2);
    }

    @Test
    @DisplayName("5.2.2.4: no-cache pages are kept and validated before each use")
    void shouldValidateNoCachePagesEachTime() {
        CachedPage page = new CachedPage(stage)
                .says("Cache-Control: no-cache, max-age=3600 || ETag: \"abc\"")
                .confirms();
        page.get();

        assertThat(page.get().text()).isEqualTo("#1");
        assertThat(page.get().text()).isEqualTo("#1");
        assertThat(page.asked()).isEqualTo(3);
        assertThat(page.lastSeen().header("If-None-Match")).isEqualTo("\"abc\"");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("3.2, 4.3.4: a 304 changes the fields of the stored page, for this reply and the next")
    @CsvSource(delimiter = '^', textBlock = """
            Cache-Control           ^ max-age=2      ^ max-age=3600
            Test-Header             ^ a              ^ b
            X-Test-Header           ^ a              ^ b
            Content-Foo             ^ a              ^ b
            X-Content-Foo           ^ a              ^ b
            Content-Location        ^ /a             ^ /b
            Content-Security-Policy ^ default-src 'self' ^ default-src 'none'
            Content-Type            ^ text/plain     ^ text/plain;charset=utf-8
            Content-MD5             ^ rL0Y20zC+Fzt72VPzMSk2A== ^ N7UdGUp1E+RbVvZSTy1R8g==
            Clear-Site-Data         ^ cookies        ^ cache
            X-Frame-Options         ^ deny           ^ sameorigin
            X-XSS-Protection        ^ 1              ^ 0
            Public-Key-Pins         ^ a              ^ b
            """)
    void shouldUpdateFieldsBy304(String field, String before, String after) {
        String rest = field.equals("Cache-Control") ? " || ETag: \"v\"" : " || ETag: \"v\" || Cache-Control: max-age=2";
        CachedPage page =
                new CachedPage(stage).says(field + ": " + before + rest).confirms();
        page.get();

        page.says(field + ": " + after + rest.replace("max-age=2", "max-age=3600"));
        Received validated = page.after(3).get();
        Received next = page.get();

        assertThat(validated.headers().getAll(field)).containsExactly(after);
        assertThat(next.headers().getAll(field)).containsExactly(after);
        assertThat(next.text()).isEqualTo("#1");
        assertThat(page.asked()).isEqualTo(2);
    }

    @Test
    @DisplayName("3.2: a 304 moves Expires and Date on")
    void shouldUpdateExpiresBy304() {
        CachedPage page =
                new CachedPage(stage).says("Expires: {+2} || ETag: \"v\"").confirms();
        page.get();

        page.after(3).says("Expires: {+3600} || ETag: \"v\"");
        page.get();

        assertThat(page.after(3000).isReused()).isTrue();
        assertThat(page.get().header("Age")).isEqualTo("3000");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("3.2, HARDENING E15: framing, coding and cookies are not taken from a 304")
    @CsvSource({"Content-Encoding, gzip", "Content-Range, bytes 0-1/2", "Set-Cookie, a=b"})
    void shouldNotTakeFramingFromA304(String field, String value) {
        CachedPage page = new CachedPage(stage)
                .says("Cache-Control: max-age=2 || ETag: \"v\"")
                .confirms();
        page.get();

        page.says("Cache-Control: max-age=3600 || ETag: \"v\" || " + field + ": " + value);
        Received validated = page.after(3).get();

        assertThat(validated.headers().contains(field)).isFalse();
        assertThat(validated.text()).isEqualTo("#1");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("4.3.4: a 304 that takes leave to keep the page back: its reader gets it, the copy is gone")
    @ValueSource(strings = {"no-store", "private", "private, max-age=60"})
    void shouldForgetAPageWhose304ForbidsKeepingIt(String directives) {
        CachedPage page = new CachedPage(stage)
                .says("Cache-Control: max-age=2 || ETag: \"v\"")
                .confirms();
        page.get();

        page.says("Cache-Control: " + directives + " || ETag: \"v\"");
        Received validated = page.after(3).get();
        page.get();

        assertThat(validated.text()).isEqualTo("#1");
        assertThat(validated.header("Cache-Control")).isEqualTo(directives);
        assertThat(page.lastSeen().header("If-None-Match")).isNull();
    }

    @Test
    @DisplayName("HARDENING E15: a 304 that nobody asked for is a broken answer")
    void shouldRefuseAnUnasked304() {
        CachedPage page = new CachedPage(stage).says(304, "ETag: \"v\"");

        assertThat(page.get().status()).isEqualTo(502);
    }

    @Test
    @DisplayName("4.3.3: a validation that brings another page replaces the stored one")
    void shouldReplaceAPageThatHasChanged() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=2 || ETag: \"v\"");
        page.get();
        page.after(3).says("Cache-Control: max-age=3600 || ETag: \"w\"");

        assertThat(page.get().text()).isEqualTo("#2");
        assertThat(page.get().header("ETag")).isEqualTo("\"w\"");
        assertThat(page.asked()).isEqualTo(2);
    }

    @ParameterizedTest(name = "stored {0}, asked {1}: {2}")
    @DisplayName("RFC 9110 section 13.1.2: If-None-Match is answered from the stored page")
    @CsvSource(delimiter = '^', textBlock = """
            "abcdef"     ^ "abcdef"                  ^ 304
            "abcdef"     ^ W/"abcdef"                ^ 304
            W/"abcdef"   ^ W/"abcdef"                ^ 304
            W/"abcdef"   ^ "abcdef"                  ^ 304
            "abcdef"     ^ "1234", "abcdef"          ^ 304
            "abcdef"     ^ "abcdef", "1234"          ^ 304
            "abcdef"     ^ "1", "abcdef", "5678"     ^ 304
            "abcdef"     ^ *                         ^ 304
            "abcdéf"     ^ "abcdéf"                  ^ 304
            "abc\\def"   ^ "abc\\def"                ^ 304
            "abcdef"     ^ "other"                   ^ 200
            "abcdef"     ^ abcdef                    ^ 200
            "a,b"        ^ "a,b"                     ^ 304
            """)
    void shouldAnswerIfNoneMatch(String stored, String asked, int status) {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600 || ETag: " + stored);
        page.get();

        Received answer = page.get("If-None-Match", asked);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("ETag")).isEqualTo(stored);
        assertThat(answer.body().length()).isEqualTo(status == 304 ? 0 : 2);
        assertThat(page.asked()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("RFC 9110 section 13.1.3: If-Modified-Since is answered from the stored page, dates in any form")
    @CsvSource(delimiter = '^', textBlock = """
            Sun, 01 Nov 2026 00:00:00 GMT  ^ 304
            Mon, 02 Nov 2026 00:00:00 GMT  ^ 304
            Sat, 31 Oct 2026 00:00:00 GMT  ^ 200
            Sunday, 01-Nov-26 00:00:00 GMT ^ 304
            Sun Nov  1 00:00:00 2026       ^ 304
            yesterday                      ^ 200
            """)
    void shouldAnswerIfModifiedSince(String since, int status) {
        CachedPage page = new CachedPage(stage)
                .says("Cache-Control: max-age=3600 || Last-Modified: Sun, 01 Nov 2026 00:00:00 GMT");
        page.get();

        assertThat(page.get("If-Modified-Since", since).status()).isEqualTo(status);
        assertThat(page.asked()).isEqualTo(1);
    }

    @Test
    @DisplayName("4.3.2: without Last-Modified, Date is compared")
    void shouldCompareDateWithoutLastModified() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600");
        String date = page.get().header("Date");

        assertThat(page.after(1).get("If-Modified-Since", date).status()).isEqualTo(304);
    }

    @Test
    @DisplayName("RFC 9110 section 13.2.2: If-None-Match is looked at, If-Modified-Since then is not")
    void shouldGiveTagsPrecedenceOverDates() {
        CachedPage page = new CachedPage(stage)
                .says("Cache-Control: max-age=3600 || ETag: \"a\" || Last-Modified: Sun, 01 Nov 2026 00:00:00 GMT");
        page.get();

        assertThat(page.get("If-None-Match", "\"b\"", "If-Modified-Since", "Mon, 02 Nov 2026 00:00:00 GMT")
                        .status())
                .isEqualTo(200);
        assertThat(page.get("If-None-Match", "\"a\"", "If-Modified-Since", "Sat, 31 Oct 2026 00:00:00 GMT")
                        .status())
                .isEqualTo(304);
    }

    @Test
    @DisplayName("4.3.2: a cold page is fetched whole, and its reader gets a 304 when it has it already")
    void shouldAnswer304FromAColdStore() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600 || ETag: \"a\"");

        assertThat(page.get("If-None-Match", "\"a\"").status()).isEqualTo(304);
        assertThat(page.get().text()).isEqualTo("#1");
        assertThat(page.asked()).isEqualTo(1);
    }

    @Test
    @DisplayName("4.3.5: HEAD is answered from a stored GET, and a stale page is freshened for it")
    void shouldAnswerHeadFromAGet() {
        CachedPage page = new CachedPage(stage)
                .says("Cache-Control: max-age=2 || ETag: \"v\"")
                .confirms();
        page.get();
        Received fresh = page.head();
        page.says("Cache-Control: max-age=3600 || ETag: \"v\" || X-New: yes")
                .after(3)
                .head();

        assertThat(fresh.header("Content-Length")).isEqualTo("2");
        assertThat(page.get().header("X-New")).isEqualTo("yes");
        assertThat(page.get().text()).isEqualTo("#1");
        assertThat(page.asked()).isEqualTo(2);
    }
}
