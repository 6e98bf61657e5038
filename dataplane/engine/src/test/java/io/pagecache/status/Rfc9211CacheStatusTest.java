package io.pagecache.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("RFC 9211: Cache-Status")
@Tag("seed:W13")
@Tag("seed:W39")
class Rfc9211CacheStatusTest {

    @Test
    @DisplayName("2.1, 2.4, 2.7: a hit with what is left of its lifetime")
    void shouldWriteHit() {
        assertThat(CacheStatus.hit(Reason.FRESH, Duration.ofSeconds(42)))
                .hasToString("Pagecache; hit; ttl=42; detail=fresh");
    }

    @Test
    @DisplayName("2.4: a stale hit has a negative ttl")
    void shouldWriteStaleHit() {
        assertThat(CacheStatus.hit(Reason.STALE_IF_ERROR, Duration.ofSeconds(-7)))
                .hasToString("Pagecache; hit; ttl=-7; detail=stale-if-error");
    }

    @Test
    @DisplayName("2.2, 2.3, 2.5: a miss that was kept")
    void shouldWriteMiss() {
        CacheStatus status = CacheStatus.forwarded(ForwardReason.URI_MISS, Reason.ABSENT)
                .answered(200)
                .kept(Duration.ofSeconds(60));

        assertThat(status).hasToString("Pagecache; fwd=uri-miss; fwd-status=200; ttl=60; stored; detail=absent");
    }

    @Test
    @DisplayName("2.6: an answer that came with another request's fetch")
    void shouldWriteCollapsed() {
        assertThat(CacheStatus.forwarded(ForwardReason.URI_MISS, Reason.ABSENT).shared())
                .hasToString("Pagecache; fwd=uri-miss; collapsed; detail=absent");
    }

    @Test
    @DisplayName("2: an answer of the proxy's own")
    void shouldWriteLocalAnswer() {
        assertThat(CacheStatus.local(Reason.UNKNOWN_HOST)).hasToString("Pagecache; detail=unknown-host");
    }

    @Test
    @DisplayName("2.7: the key is a string of visible ASCII")
    void shouldWriteKeySafely() {
        assertThat(CacheStatus.local(Reason.FRESH).withKey("/a\"b\\c\r\n\u00e4"))
                .hasToString("Pagecache; key=\"/a\\\"b\\\\c???\"; detail=fresh");
    }

    @Test
    @DisplayName("2: caches append, the one nearest to the client is last")
    void shouldAppendToUpstream() {
        CacheStatus status = CacheStatus.local(Reason.FRESH);

        assertThat(status.after("Inner; hit")).isEqualTo("Inner; hit, Pagecache; detail=fresh");
        assertThat(status.after(null)).isEqualTo("Pagecache; detail=fresh");
        assertThat(status.after(" ")).isEqualTo("Pagecache; detail=fresh");
    }

    @ParameterizedTest
    @DisplayName("2.8: each reason is a token")
    @EnumSource
    void shouldWriteReasonsAsTokens(Reason reason) {
        assertThat(reason.token()).matches("[a-z][a-z-]*");
    }
}
