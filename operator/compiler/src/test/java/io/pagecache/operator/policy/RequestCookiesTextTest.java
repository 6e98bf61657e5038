package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour.RequestCookies;
import io.pagecache.plan.Behaviour.RequestCookies.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCookiesTextTest {

    @Test
    void shouldReadTheThreeForms() {
        assertThat(RequestCookiesText.parse("Forward")).contains(new RequestCookies(Mode.FORWARD, List.of()));
        assertThat(RequestCookiesText.parse("Strip")).contains(new RequestCookies(Mode.STRIP, List.of()));
        assertThat(RequestCookiesText.parse("Only( sid , theme)"))
                .contains(new RequestCookies(Mode.ONLY, List.of("sid", "theme")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "forward", "Only", "Only()", "Only(a,)", "Only(a", "Except(a)"})
    void shouldRefuseEverythingElse(String text) {
        assertThat(RequestCookiesText.parse(text)).isEmpty();
    }
}
