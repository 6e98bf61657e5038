package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("seed:T9")
class DeviceClassTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "desktop | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
                "desktop | Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
                "desktop | curl/8.9.1",
                "mobile  | Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
                "mobile  | Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
                "tablet  | Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
                "tablet  | Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
                "bot     | Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "bot     | Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) Mobile Safari/537.36 (compatible; Googlebot/2.1)",
            })
    @DisplayName("T9: a class by words in User-Agent")
    void shouldKnowDevicesByTheirAgent(String device, String agent) {
        assertThat(DeviceClass.of(Headers.of("User-Agent", agent)).token()).isEqualTo(device);
    }

    @Test
    void shouldBelieveTheClientHint() {
        Headers reduced = Headers.of("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)", "Sec-CH-UA-Mobile", "?1");

        assertThat(DeviceClass.of(reduced)).isEqualTo(DeviceClass.MOBILE);
    }

    @Test
    void shouldTakeSilenceForADesktop() {
        assertThat(DeviceClass.of(Headers.EMPTY)).isEqualTo(DeviceClass.DESKTOP);
    }

    @Test
    void shouldNotReadAgentsWithoutEnd() {
        assertThat(DeviceClass.of(Headers.of("User-Agent", "x".repeat(600) + "iPhone")))
                .isEqualTo(DeviceClass.DESKTOP);
    }
}
