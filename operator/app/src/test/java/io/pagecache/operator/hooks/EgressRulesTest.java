package io.pagecache.operator.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRulesTest {
    private static final EgressRules RULES = new EgressRules(Optional.empty());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://localhost/",
                "https://169.254.169.254/latest/meta-data",
                "https://0.0.0.0/",
                "http://192.0.2.1/purge",
                "http://cdn.other.svc/purge",
                "http://cdn.shop.svc.evil.example/purge",
                "https://no-such-host.invalid/"
            })
    void shouldNotBecomeAWayToWhatOnlyTheOperatorCanReach(String url) {
        assertThat(RULES.problemOf(URI.create(url), "shop")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://192.0.2.1/purge", "https://[2001:db8::1]:8443/purge"})
    void shouldCallOthersByHttps(String url) {
        assertThat(RULES.problemOf(URI.create(url), "shop")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.cdn.example/purge, true",
        "https://API.CDN.example/purge, true",
        "https://purge.other.example/, true",
        "https://other.example/, false",
        "https://evilcdn.example/purge, false",
        "http://127.0.0.1:8080/, false"
    })
    void shouldCallNobodyButTheHostsItMay(String url, boolean allowed) {
        EgressRules rules = new EgressRules(Optional.of(Set.of(".cdn.example", "purge.other.example")));

        assertThat(rules.problemOf(URI.create(url), "shop").isEmpty()).isEqualTo(allowed);
    }
}
