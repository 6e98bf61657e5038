package io.pagecache.proxy.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.ClientAddress;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Origin;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Urls;
import io.pagecache.proxy.actors.SamplePlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:T21")
class OutboundHeadersTest {
    private static final OutboundHeaders OUTBOUND = new OutboundHeaders(
            new Origin(
                    "http",
                    "origin.example",
                    8080,
                    Origin.HostHeader.PRESERVE,
                    new Origin.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                    16,
                    1,
                    null,
                    null),
            Urls.AS_SENT);
    private static final PageRequest REQUEST = new PageRequest(
            "GET", "http", "www.example.com", "/", null, Headers.EMPTY, new ClientAddress("192.0.2.1"), false);

    @Test
    void shouldTellTheOriginOfAFetchThatMarkersAreFilledIn() {
        Headers headers = OUTBOUND.fetching(Headers.EMPTY, REQUEST, rule(Behaviour.Esi.OFF));

        assertThat(headers.first("Surrogate-Capability")).isEqualTo("pagecache=\"Surrogate/1.0 Pagecache/1.0\"");
    }

    @Test
    void shouldTellTheOriginOfAFetchThatEsiIsActedOn() {
        Headers headers = OUTBOUND.fetching(Headers.EMPTY, REQUEST, rule(Behaviour.Esi.SURROGATE));

        assertThat(headers.first("Surrogate-Capability"))
                .isEqualTo("pagecache=\"Surrogate/1.0 ESI/1.0 Pagecache/1.0\"");
    }

    private static Rule rule(Behaviour.Esi esi) {
        SamplePlan plan = SamplePlan.plan();
        plan.esi = esi;
        return new Rule("sample", null, List.of(), List.of(), plan.behaviour());
    }

    @Test
    void shouldPromiseNothingForAWebSocket() {
        Headers headers = OUTBOUND.upgrading(Headers.EMPTY, REQUEST);

        assertThat(headers.contains("Surrogate-Capability")).isFalse();
        assertThat(headers.first("Host")).isEqualTo("www.example.com");
    }
}
