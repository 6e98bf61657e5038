package io.pagecache.proxy.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("seed:T43")
class ClientResolverTest {
    private final ClientResolver resolver = new ClientResolver(List.of("10.0.0.0/8", "2001:db8::/32"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 198.51.100.7                        | 192.0.2.1",
                "10.0.0.1  | 198.51.100.7                        | 198.51.100.7",
                "10.0.0.1  | 6.6.6.6, 198.51.100.7               | 198.51.100.7",
                "10.0.0.1  | 198.51.100.7, 10.0.0.2              | 198.51.100.7",
                "10.0.0.1  | 10.0.0.3, 10.0.0.2                  | 10.0.0.3",
                "10.0.0.1  | 198.51.100.7:4711                   | 198.51.100.7",
                "10.0.0.1  | [2001:db9::1]:4711                  | 2001:db9::1",
                "10.0.0.1  | 2001:db9::1                         | 2001:db9::1",
                "10.0.0.1  | 198.51.100.7, unknown, 10.0.0.2     | 10.0.0.2",
                "10.0.0.1  | localhost                           | 10.0.0.1",
            })
    void shouldBelieveTheRightmostAddressThatIsNotATrustedHop(String peer, String field, String client) {
        Headers headers = Headers.of("X-Forwarded-For", field);

        assertThat(resolver.client(peer, headers).text()).isEqualTo(client);
    }

    @Test
    void shouldReadForwarded() {
        Headers headers = Headers.of(
                "Forwarded", "for=6.6.6.6, by=x;For=\"[2001:db9::17]:4711\";proto=https", "Forwarded", "for=10.1.2.3");

        assertThat(resolver.client("10.0.0.1", headers).text()).isEqualTo("2001:db9::17");
    }

    @Test
    void shouldBelieveTheSchemeOfATrustedPeerOnly() {
        Headers headers = Headers.of("X-Forwarded-Proto", "https");

        assertThat(resolver.scheme("10.0.0.1", headers, "http")).isEqualTo("https");
        assertThat(resolver.scheme("192.0.2.1", headers, "http")).isEqualTo("http");
        assertThat(resolver.scheme("10.0.0.1", Headers.of("X-Forwarded-Proto", "gopher"), "http"))
                .isEqualTo("http");
    }
}
