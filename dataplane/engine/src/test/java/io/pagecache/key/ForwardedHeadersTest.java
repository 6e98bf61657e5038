package io.pagecache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Behaviour.RequestCookies;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("seed:W4")
class ForwardedHeadersTest {
    private final SampleRule rule = SampleRule.rule();

    @ParameterizedTest
    @DisplayName("HARDENING E1: what rewrites a request or claims what only a proxy may claim never reaches the origin")
    @ValueSource(
            strings = {
                "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Scheme", "X-Forwarded-Proto",
                "X-Forwarded-Port", "X-Forwarded-Prefix", "x-forwarded-anything", "X-Original-URL", "X-Rewrite-URL",
                "X-HTTP-Method-Override", "X-Real-IP", "Proxy", "Surrogate-Capability"
            })
    void shouldTakeClaimsOut(String field) {
        PageRequest request = SampleRequest.get("/", field, "evil");

        assertThat(fetching(request).contains(field)).isFalse();
        assertThat(forwarded().passing(request)).isEqualTo(Headers.EMPTY);
    }

    @Test
    @DisplayName("HARDENING E1: … unless the rule has it in the key")
    void shouldForwardKeyedClaims() {
        rule.keyHeaders("x-forwarded-host");

        assertThat(fetching(SampleRequest.get("/", "X-Forwarded-Host", "a")).first("X-Forwarded-Host"))
                .isEqualTo("a");
    }

    @ParameterizedTest
    @DisplayName("what one client wants is left out of a fetch for all, and kept in a request that passes")
    @ValueSource(
            strings = {
                "Range",
                "If-Range",
                "If-Match",
                "If-None-Match",
                "If-Modified-Since",
                "If-Unmodified-Since",
                "Cache-Control",
                "Pragma",
                "Expect"
            })
    void shouldTakeTheClientsWishesOut(String field) {
        PageRequest request = SampleRequest.get("/", field, "x");

        assertThat(fetching(request).contains(field)).isFalse();
        assertThat(forwarded().passing(request).contains(field)).isTrue();
    }

    @Test
    @DisplayName("a fetch that nobody else waits for asks for what its client asks for")
    void shouldForwardConditionsOfIndividualFetches() {
        PageRequest request = SampleRequest.get(
                "/", "Range", "bytes=0-1", "If-Range", "\"a\"", "If-None-Match", "\"a\"", "Cache-Control", "no-cache");

        assertThat(forwarded().individual(request, rule.build()))
                .isEqualTo(Headers.of(
                        "Range",
                        "bytes=0-1",
                        "If-Range",
                        "\"a\"",
                        "If-None-Match",
                        "\"a\"",
                        "Accept-Encoding",
                        "identity"));
    }

    @ParameterizedTest(name = "compress {0}, client {1} → {2}")
    @DisplayName("the origin is asked for one of two codings")
    @CsvSource({"true, 'gzip, br', gzip", "true, br, identity", "true, 'gzip;q=0', identity", "false, gzip, identity"})
    void shouldNormaliseAcceptEncoding(boolean compress, String accepted, String asked) {
        rule.compress(compress);

        assertThat(fetching(SampleRequest.get("/", "Accept-Encoding", accepted)).all("Accept-Encoding"))
                .containsExactly(asked);
    }

    @Test
    @DisplayName("seed T11: the origin sees the one language that is keyed")
    void shouldNormaliseAcceptLanguage() {
        rule.languages("en", "de");

        assertThat(fetching(SampleRequest.get("/", "Accept-Language", "de-CH;q=0.9, fr"))
                        .all("Accept-Language"))
                .containsExactly("de");
        assertThat(fetching(SampleRequest.get("/")).all("Accept-Language")).containsExactly("en");
    }

    @Test
    @DisplayName("seed W4: held-back cookies do not reach the origin, in fetches; requests that pass keep theirs")
    void shouldFilterCookies() {
        rule.requestCookies(RequestCookies.Mode.ONLY, "a");
        PageRequest request = SampleRequest.get("/", "Cookie", "a=1; b=2");

        assertThat(fetching(request).all("Cookie")).containsExactly("a=1");
        assertThat(forwarded().passing(request).all("Cookie")).containsExactly("a=1; b=2");
    }

    @Test
    @DisplayName("HARDENING B9: Connection cannot take away a field that is in the key")
    void shouldKeepKeyedFieldsNamedInConnection() {
        rule.keyHeaders("x-tenant");

        assertThat(fetching(SampleRequest.get("/", "Connection", "X-Tenant", "X-Tenant", "t"))
                        .first("X-Tenant"))
                .isEqualTo("t");
    }

    private ForwardedHeaders forwarded() {
        return new ForwardedHeaders(rule.plan());
    }

    private Headers fetching(PageRequest request) {
        return forwarded().fetching(request, rule.build());
    }
}
