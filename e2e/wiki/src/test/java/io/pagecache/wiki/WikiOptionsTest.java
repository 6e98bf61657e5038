package io.pagecache.wiki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WikiOptionsTest {
    @Test
    void shouldListenOnLoopbackByDefault() throws Exception {
        WikiOptions options = WikiOptions.parse(List.of(), Map.of());

        assertThat(options).isEqualTo(new WikiOptions("127.0.0.1", 8080, Duration.ofSeconds(2), false));
    }

    @Test
    void shouldBindTheAddressOfItsPod() throws Exception {
        WikiOptions options = WikiOptions.parse(List.of(), Map.of("POD_IP", "10.0.0.7", "PORT", "80"));

        assertThat(options.host()).isEqualTo("10.0.0.7");
        assertThat(options.port()).isEqualTo(80);
    }

    @Test
    void shouldRankArgumentsBeforeTheEnvironment() throws Exception {
        WikiOptions options = WikiOptions.parse(
                List.of("--host", "::1", "--port", "0", "--slow-ms", "50", "--allow-faults"),
                Map.of("HOST", "0.0.0.0", "PORT", "80"));

        assertThat(options).isEqualTo(new WikiOptions("::1", 0, Duration.ofMillis(50), true));
    }

    @ParameterizedTest
    @CsvSource({
        "--port 70000,--port is '70000': expected a number from 0 to 65535",
        "--port x,--port is 'x': expected a number from 0 to 65535",
        "--slow-ms -1,--slow-ms is '-1': expected a number from 0 to 600000",
        "--host,--host needs a value",
        "--fast,unknown option '--fast'"
    })
    void shouldSayWhatIsWrong(String arguments, String message) {
        assertThatThrownBy(() -> WikiOptions.parse(List.of(arguments.split(" ")), Map.of()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(message);
    }

    @Test
    void shouldSayWhichAddressIsTaken() {
        try (Wiki first = Wiki.start(new WikiOptions("127.0.0.1", 0, Duration.ZERO, false), Clock.systemUTC())) {
            WikiOptions samePort = new WikiOptions("127.0.0.1", first.port(), Duration.ZERO, false);

            assertThatThrownBy(() -> Wiki.start(samePort, Clock.systemUTC()))
                    .isInstanceOf(WikiStartException.class)
                    .hasMessageContaining("127.0.0.1 port " + first.port());
        }
    }
}
