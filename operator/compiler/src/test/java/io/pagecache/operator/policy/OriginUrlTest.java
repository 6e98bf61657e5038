package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://shop, http, shop, 80",
        "https://shop.example, https, shop.example, 443",
        "https://shop.example:8443, https, shop.example, 8443",
        "http://[2001:db8::1]:81, http, 2001:db8::1, 81",
        "http://10.0.0.1:81, http, 10.0.0.1, 81",
    })
    void shouldReadOrigins(String text, String scheme, String host, int port) {
        assertThat(OriginUrl.parse(text)).contains(new OriginUrl(scheme, host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "ftp://shop",
                "http://shop/",
                "http://shop/app",
                "http://shop?x",
                "http://u:p@shop",
                "http://shop:0",
                "http://shop:65536",
                "http://:80",
                "http://a b"
            })
    void shouldRefuseEverythingElse(String text) {
        assertThat(OriginUrl.parse(text)).isEmpty();
    }
}
