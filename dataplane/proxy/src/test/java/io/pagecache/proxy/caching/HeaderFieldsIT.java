package io.pagecache.proxy.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.Visitor.Received;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 section 3.1 and RFC 9110 section 7.6.1 on the wire: which fields are kept, which end here")
class HeaderFieldsIT extends BareStage {
    @ParameterizedTest(name = "{0}")
    @DisplayName("3.1: fields of the answer are kept as they are")
    @CsvSource(delimiter = '^', textBlock = """
            Test-Header                ^ a
            X-Test-Header              ^ a
            Content-Foo                ^ a
            X-Content-Foo              ^ a
            Content-Location           ^ /foo
            Content-MD5                ^ rL0Y20zC+Fzt72VPzMSk2A==
            Content-Security-Policy    ^ default-src 'self'
            Content-Type               ^ text/foo
            Clear-Site-Data            ^ cookies
            ETag                       ^ "abc"
            Expires                    ^ Fri, 01 Jan 2038 01:01:01 GMT
            Public-Key-Pins            ^ abc
            Strict-Transport-Security  ^ max-age=10
            X-Frame-Options            ^ deny
            X-XSS-Protection           ^ 1
            Set-Cookie2                ^ a=b
            """)
    void shouldKeepField(String field, String value) {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600 || " + field + ": " + value);
        page.get();

        Received stored = page.get();

        assertThat(page.asked()).isEqualTo(1);
        assertThat(stored.headers().getAll(field)).containsExactly(value);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("3.1, HARDENING B9: fields of one connection are neither kept nor passed on")
    @CsvSource(delimiter = '^', textBlock = """
            Connection                 ^ X-A
            Keep-Alive                 ^ timeout=5
            Proxy-Authenticate         ^ Basic
            Proxy-Authentication-Info  ^ a=b
            Proxy-Authorization        ^ Basic abc
            Proxy-Connection           ^ a
            TE                         ^ abc
            Trailer                    ^ X-A
            Upgrade                    ^ abc
            """)
    void shouldDropFieldsOfTheConnection(String field, String value) {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600 || " + field + ": " + value);

        Received first = page.get();
        Received stored = page.get();

        assertThat(page.asked()).isEqualTo(1);
        assertThat(first.headers().contains(field)).isFalse();
        assertThat(stored.headers().contains(field)).isFalse();
    }

    @Test
    @DisplayName("HARDENING B9: what Connection names ends here, but for fields that decisions are made on")
    void shouldDropWhatConnectionNames() {
        CachedPage page = new CachedPage(stage)
                .says("Cache-Control: max-age=3600 || Connection: a, Cache-Control, Date || A: 1 || B: 2");

        page.get(
                "Connection",
                "X-One, Cookie, X-Forwarded-For",
                "X-One",
                "1",
                "Cookie",
                "c=1",
                "X-Forwarded-For",
                "6.6.6.6");
        Received stored = page.get();

        assertThat(page.asked()).isEqualTo(1);
        assertThat(stored.headers().contains("A")).isFalse();
        assertThat(stored.header("B")).isEqualTo("2");
        assertThat(page.lastSeen().header("X-One")).isNull();
        assertThat(page.lastSeen().header("Cookie")).isEqualTo("c=1");
        assertThat(page.lastSeen().header("X-Forwarded-For")).isEqualTo("127.0.0.1");
    }

    @Test
    @DisplayName("RFC 9110 section 7.6.3: Via names this hop, after those before it, both ways")
    void shouldAppendToVia() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600 || Via: 1.1 inner");

        Received first = page.get("Via", "1.0 outer");
        Received stored = page.get();

        assertThat(page.lastSeen().header("Via")).isEqualTo("1.0 outer, 1.1 pagecache");
        assertThat(String.join(", ", first.headers().getAll("Via"))).isEqualTo("1.1 inner, 1.1 pagecache");
        assertThat(String.join(", ", stored.headers().getAll("Via"))).isEqualTo("1.1 inner, 1.1 pagecache");
    }

    @Test
    @DisplayName("4: fields of one reader's request do not come with another's answer")
    void shouldNotMixAnswers() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600 || X-A: 1");
        CachedPage other = new CachedPage(stage).says("Cache-Control: max-age=3600");
        page.get();
        other.get();

        assertThat(other.get().headers().contains("X-A")).isFalse();
    }

    @Test
    @DisplayName("3.5: an answer to Authorization is kept on the origin's explicit word only")
    void shouldKeepAnswersToAuthorizationByWordOnly() {
        for (String allowing :
                new String[] {"public, max-age=3600", "s-maxage=3600", "max-age=3600, must-revalidate"}) {
            CachedPage page = new CachedPage(stage).says("Cache-Control: " + allowing);
            page.get("Authorization", "Basic abc");
            assertThat(page.isReused("Authorization", "Basic abc")).as(allowing).isTrue();
        }
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600");
        page.get("Authorization", "Basic abc");

        assertThat(page.isReused("Authorization", "Basic abc")).isFalse();
        page.get();
        assertThat(page.isReused()).isTrue();
    }
}
