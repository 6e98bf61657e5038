package io.pagecache.variants;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import io.pagecache.plan.Behaviour.KeyOptions;
import io.pagecache.plan.Variants;
import io.pagecache.plan.Variants.Experiment;
import io.pagecache.plan.Variants.Group;
import io.pagecache.samples.SampleRule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:T23")
class DependenciesTest {
    private final Dependencies dependencies =
            new Dependencies(new Variants(List.of(new Experiment("hero", "ab", List.of(new Group("a", 1)))), null));

    private static KeyOptions key() {
        return SampleRule.rule().behaviour().key();
    }

    @Test
    @DisplayName("T23: cookies that the answer names, in their own case")
    void shouldNameCookies() {
        Headers answer = Headers.of("Pagecache-Cookies", "Theme, lang", "Pagecache-Cookies", "x");

        assertThat(dependencies.fields(answer, key())).containsExactly("cookie:Theme", "cookie:lang", "cookie:x");
    }

    @Test
    @DisplayName("T42: experiments that the answer or the rule names, as far as the plan knows them")
    void shouldNameKnownExperiments() {
        Headers answer = Headers.of("Pagecache-Experiments", "HERO, unknown");

        assertThat(dependencies.fields(answer, key())).containsExactly("pagecache-experiment-hero");
        assertThat(dependencies.fields(
                        Headers.EMPTY,
                        SampleRule.rule().experiments("hero").behaviour().key()))
                .containsExactly("pagecache-experiment-hero");
    }

    @Test
    void shouldNotUnderstandWhatCannotBeTold() {
        String many = "a,".repeat(Dependencies.MOST + 1);

        assertThat(Dependencies.areUnderstood(Headers.of("Pagecache-Cookies", "a b")))
                .isFalse();
        assertThat(Dependencies.areUnderstood(Headers.of("Pagecache-Cookies", many)))
                .isFalse();
        assertThat(Dependencies.areUnderstood(Headers.of("Pagecache-Experiments", "a=b")))
                .isFalse();
        assertThat(Dependencies.areUnderstood(Headers.of("Pagecache-Cookies", "a,b")))
                .isTrue();
    }

    @Test
    void shouldCountNamedAndGroupCookiesAsShared() {
        assertThat(dependencies.sharedCookies(
                        Headers.of("Pagecache-Cookies", "theme"),
                        SampleRule.rule().keyCookies("currency").behaviour().key()))
                .containsExactly("currency", "theme", "ab");
    }
}
