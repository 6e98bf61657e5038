package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour.RequestCookies;
import io.pagecache.samples.SampleRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageFieldsTest {

    @ParameterizedTest(name = "{0} {1} → {2}")
    @DisplayName("HARDENING A16, E2: hosts are compared without case, default port and root dot; all else is no host")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        http  | www.example.com        | www.example.com
        http  | WWW.Example.COM        | www.example.com
        http  | www.example.com:80     | www.example.com
        http  | www.example.com:       | www.example.com
        http  | www.example.com:443    | www.example.com:443
        https | www.example.com:443    | www.example.com
        http  | www.example.com:08080  | www.example.com:8080
        http  | www.example.com.       | www.example.com
        http  | www.example.com.:80    | www.example.com
        http  | localhost              | localhost
        http  | under_score            | under_score
        http  | 127.0.0.1:8080         | 127.0.0.1:8080
        http  | [::1]                  | [::1]
        http  | [2001:DB8::1]:8080     | [2001:db8::1]:8080
        http  | ''                     | -
        http  | .                      | -
        http  | ..                     | -
        http  | a..b                   | -
        http  | .a                     | -
        http  | :80                    | -
        http  | a:0                    | -
        http  | a:65536                | -
        http  | a:8o                   | -
        http  | a:1:2                  | -
        http  | user@a                 | -
        http  | a/b                    | -
        http  | a,b                    | -
        http  | 'a b'                  | -
        http  | a%2eb                  | -
        http  | [::1                   | -
        http  | [::1]x                 | -
        http  | [1.2.3.4]              | -
        http  | [fe80::1%25eth0]       | -
        http  | a?b                    | -
        http  | a#b                    | -
        """)
    void shouldNormaliseHosts(String scheme, String authority, String expected) {
        assertThat(HostName.normalise(authority, scheme)).isEqualTo(expected);
    }

    @Test
    void shouldTakePortsOffHosts() {
        assertThat(HostName.withoutPort("a.b:8080")).isEqualTo("a.b");
        assertThat(HostName.withoutPort("[::1]:8080")).isEqualTo("[::1]");
        assertThat(HostName.withoutPort("[::1]")).isEqualTo("[::1]");
    }

    @ParameterizedTest(name = "{0} in {1} → {2}")
    @DisplayName("RFC 6265 section 5.4: cookies by exact name, first wins, values as sent")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        a | a=1              | 1
        a | a=1; b=2         | 1
        b | a=1; b=2         | 2
        b | a=1;b=2          | 2
        b | a=1;\tb=2        | 2
        a | a=1; a=2         | 1
        a | aa=1             | -
        a | A=1              | -
        a | b=a=1            | -
        b | b=a=1            | a=1
        a | a=               | ''
        a | a                | ''
        a | a="x y"          | "x y"
        a | ;;; a=1 ;        | 1
        a | ''               | -
        """)
    void shouldFindCookies(String name, String field, String value) {
        assertThat(Cookies.value(Headers.of("Cookie", field), name)).isEqualTo(value);
    }

    @Test
    @DisplayName("seed W4, W5: only the cookies that a rule lets through reach the origin")
    void shouldHoldCookiesBack() {
        Headers headers = Headers.of("Cookie", "sid=1; lang=de; track=x", "cookie", "theme=dark");

        assertThat(Cookies.filtered(headers, cookies(RequestCookies.Mode.FORWARD), List.of()))
                .isEqualTo("sid=1; lang=de; track=x; theme=dark");
        assertThat(Cookies.filtered(headers, cookies(RequestCookies.Mode.STRIP), List.of()))
                .isNull();
        assertThat(Cookies.filtered(headers, cookies(RequestCookies.Mode.ONLY, "theme", "lang"), List.of()))
                .isEqualTo("lang=de; theme=dark");
        assertThat(Cookies.filtered(headers, cookies(RequestCookies.Mode.ONLY, "none"), List.of()))
                .isNull();
    }

    @Test
    @DisplayName("HARDENING D11: ten thousand cookies cost linear time")
    void shouldReadManyCookiesInLinearTime() {
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            field.append("name").append(i).append("; ");
        }
        Headers headers = Headers.of("Cookie", field.append("last=1").toString());

        assertThat(Cookies.value(headers, "last")).isEqualTo("1");
        assertThat(Cookies.filtered(headers, cookies(RequestCookies.Mode.ONLY, "last"), List.of()))
                .isEqualTo("last=1");
    }

    @Test
    @DisplayName("RFC 9110 section 7.6.1, HARDENING B9: connection fields go, and so does what Connection names")
    void shouldStripConnectionFields() {
        Headers headers = Headers.of(
                "Connection", "close, X-Secret",
                "Keep-Alive", "timeout=5",
                "TE", "trailers",
                "Transfer-Encoding", "chunked",
                "Upgrade", "h2c",
                "Proxy-Connection", "close",
                "X-Secret", "1",
                "X-Public", "2");

        assertThat(HopByHop.strip(headers)).isEqualTo(Headers.of("X-Public", "2"));
    }

    @Test
    @DisplayName("HARDENING B9: Connection cannot take away what decisions are made on")
    void shouldProtectDecisiveFields() {
        Headers headers = Headers.of(
                "Connection", "Cookie, Authorization, X-Forwarded-For, X-Tenant",
                "Cookie", "a=1",
                "Authorization", "Basic x",
                "X-Forwarded-For", "192.0.2.1",
                "X-Tenant", "t");

        Headers stripped = HopByHop.strip(headers, Set.of("x-tenant"));

        assertThat(stripped).isEqualTo(headers.without(Set.of("connection")));
    }

    @Test
    @DisplayName("HARDENING E20, seed T22: clients never see what was meant for the cache")
    void shouldSplitControlFieldsOff() {
        Headers headers = Headers.of(
                "Content-Type", "text/html",
                "Surrogate-Control", "max-age=1",
                "CDN-Cache-Control", "max-age=1",
                "Pagecache-Cookies", "a",
                "Surrogate-Key", "x",
                "Cache-Tag", "y",
                "Cache-Control", "max-age=1");
        ControlHeaders control = new ControlHeaders(SampleRule.rule().plan());

        assertThat(control.strip(headers))
                .isEqualTo(Headers.of("Content-Type", "text/html", "Cache-Control", "max-age=1"));
        assertThat(control.only(headers).size()).isEqualTo(5);
    }

    private static RequestCookies cookies(RequestCookies.Mode mode, String... names) {
        return new RequestCookies(mode, List.of(names));
    }
}
