package io.pagecache.variants;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import io.pagecache.samples.SampleRule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReaderVaryTest {

    private static String vary(SampleRule rule, List<String> dependsOn, String... origins) {
        return ReaderVary.of(Headers.of(origins), rule.behaviour().key(), dependsOn, false);
    }

    @Test
    void shouldLeaveTheOriginsWordAloneWhereItSaysAll() {
        assertThat(vary(SampleRule.rule(), List.of("accept"), "Vary", "Accept")).isNull();
    }

    @Test
    @DisplayName("T9, T10, T11: what the policy puts into the key")
    void shouldNameWhatIsInTheKey() {
        SampleRule rule =
                SampleRule.rule().languages("en", "de").device().keyCookies("a").keyHeaders("X-Country");

        assertThat(vary(rule, List.of(), "Vary", "cookie"))
                .isEqualTo("cookie, X-Country, Accept-Language, User-Agent, Sec-CH-UA-Mobile");
    }

    @Test
    void shouldTranslateWhatOnlyTheOriginIsTold() {
        assertThat(vary(
                        SampleRule.rule(),
                        List.of("cookie:theme", "pagecache-experiment-hero", "x-device-class"),
                        "Vary",
                        "X-Device-Class"))
                .isEqualTo("User-Agent, Sec-CH-UA-Mobile, Cookie");
    }

    @Test
    void shouldNotWeakenTheStar() {
        assertThat(vary(SampleRule.rule().languages("en"), List.of(), "Vary", "*"))
                .isEqualTo("*");
    }
}
