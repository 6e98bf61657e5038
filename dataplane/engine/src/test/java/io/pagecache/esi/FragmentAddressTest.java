package io.pagecache.esi;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.PageRequest;
import io.pagecache.samples.SampleRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentAddressTest {
    private static final PageRequest PAGE = SampleRequest.get("/news/today?x=1");

    private static FragmentAddress resolve(String reference) {
        return FragmentAddress.resolve(
                reference, PAGE, List.of("www.example.com", "static.example.com"), "shop.web.svc:8080");
    }

    @ParameterizedTest
    @DisplayName("RFC 3986 section 5.2")
    @CsvSource({
        "/a, www.example.com, /a",
        "/a?b=c#d, www.example.com, /a?b=c",
        "a, www.example.com, /news/a",
        "./a, www.example.com, /news/a",
        "../a, www.example.com, /a",
        "../../../a, www.example.com, /a",
        "/x/../a/./b/.., www.example.com, /a/",
        "/x/%2e%2E/a, www.example.com, /a",
        "/x/.%2e/a, www.example.com, /a",
        "?y=2, www.example.com, /news/today?y=2",
        "?u=http://x/, www.example.com, /news/today?u=http://x/",
        "//static.example.com/s, static.example.com, /s",
        "http://static.example.com, static.example.com, /",
        "http://static.example.com?q, static.example.com, /?q",
        "HTTP://WWW.Example.COM:80/a, www.example.com, /a",
        "https://static.example.com/a, static.example.com, /a",
        "http://shop.web.svc:8080/a, www.example.com, /a",
        "/straße, www.example.com, /stra%C3%9Fe",
        "'/a|b{c}', www.example.com, /a%7Cb%7Bc%7D",
        "/a%2fb, www.example.com, /a%2fb"
    })
    void shouldResolve(String reference, String host, String target) {
        FragmentAddress address = resolve(reference);

        assertThat(address).isNotNull();
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.target()).isEqualTo(target);
    }

    @ParameterizedTest
    @DisplayName("E21: no way to another server, file or message")
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "//169.254.169.254/",
                "http://[fd00:ec2::254]/",
                "http://localhost/",
                "http://127.0.0.1:9000/v1/state",
                "http://evil.example/",
                "//evil.example/",
                "http://www.example.com.evil.example/",
                "http://www.example.com@evil.example/",
                "http://evil.example@www.example.com/",
                "http://www.example.com:9000/",
                "http://shop.web.svc/",
                "http://shop.web.svc:8081/",
                "http:///a",
                "http:/a",
                "http:a",
                "file:///etc/passwd",
                "file:/etc/passwd",
                "ftp://www.example.com/",
                "gopher://www.example.com/",
                "javascript:alert(1)",
                "data:text/html,x",
                "\\\\evil.example\\x",
                "/\\evil.example",
                "/a\r\nX: y",
                "/a b",
                "/a\tb",
                "/a\u0000",
                "",
                "   ",
                "#only"
            })
    void shouldRefuse(String reference) {
        assertThat(resolve(reference)).isNull();
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertThat(resolve("/" + "a".repeat(4096))).isNull();
    }

    @Test
    @DisplayName("a policy without hosts serves the host that was asked for")
    void shouldStayOnThePagesHostWhenThePolicyNamesNone() {
        assertThat(FragmentAddress.resolve("http://other.example/", PAGE, List.of(), "shop:80"))
                .isNull();
        assertThat(FragmentAddress.resolve("http://www.example.com/a", PAGE, List.of(), "shop:80"))
                .isNotNull();
    }
}
