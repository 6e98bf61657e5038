package io.pagecache.variants;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Variants.LanguageRedirect;
import io.pagecache.plan.Variants.Target;
import io.pagecache.samples.SampleRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("seed:T40")
class LanguageHostsTest {
    private final LanguageHosts hosts = new LanguageHosts(new LanguageRedirect(
            List.of("www.example.com"),
            "en",
            List.of(new Target("de", "de.example.com"), new Target("pt-BR", "br.example.com")),
            "lang"));

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "de-AT;q=0.9, -, http://de.example.com/a?b=1",
                "pt-br, -, http://br.example.com/a?b=1",
                "en, -, -",
                "fr, -, -",
                "'en;q=0.5, de', -, http://de.example.com/a?b=1",
                "de, lang=en, -",
                "de, lang=klingon, http://de.example.com/a?b=1",
                "en, lang=DE, http://de.example.com/a?b=1",
            })
    @DisplayName("T40: from the general host to that of the reader's language")
    void shouldSendReadersOn(String languages, String cookie, String target) {
        SampleRequest request = SampleRequest.request("/a?b=1")
                .headers("Accept-Language", languages, "Cookie", cookie == null ? "" : cookie);

        assertThat(hosts.targetOf(request.build())).isEqualTo(target);
    }

    @Test
    void shouldKeepThePort() {
        var request = SampleRequest.request("//evil.example/")
                .host("www.example.com:8080")
                .headers("Accept-Language", "de")
                .build();

        assertThat(hosts.targetOf(request)).isEqualTo("http://de.example.com:8080//evil.example/");
    }

    @Test
    void shouldLeaveOtherHostsMethodsAndSilentReadersAlone() {
        SampleRequest german = SampleRequest.request("/").headers("Accept-Language", "de");

        assertThat(hosts.targetOf(german.host("de.example.com").build())).isNull();
        assertThat(hosts.targetOf(german.host("www.example.com").method("POST").build()))
                .isNull();
        assertThat(hosts.targetOf(SampleRequest.get("/"))).isNull();
        assertThat(new LanguageHosts(null).targetOf(SampleRequest.get("/", "Accept-Language", "de")))
                .isNull();
    }
}
