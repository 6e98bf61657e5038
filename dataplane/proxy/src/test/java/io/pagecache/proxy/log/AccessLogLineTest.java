package io.pagecache.proxy.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagecache.proxy.metrics.FinishedRequest;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.status.Reason;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:T47")
class AccessLogLineTest {

    private static FinishedRequest request(String path, String agent, Provenance provenance) {
        return new FinishedRequest(
                Instant.parse("2026-11-22T10:00:00Z"),
                "192.0.2.1",
                "GET",
                "example.com",
                path,
                200,
                1234,
                567,
                agent,
                provenance);
    }

    @Test
    void shouldTellWhatHappened() {
        Provenance miss = new Provenance(Outcome.MISS, Reason.ABSENT, "news", -1, 200, 4321);

        assertThat(AccessLogLine.of(request("/a", "curl", miss)))
                .isEqualTo("{\"time\":\"2026-11-22T10:00:00Z\",\"client\":\"192.0.2.1\",\"method\":\"GET\","
                        + "\"host\":\"example.com\",\"path\":\"/a\",\"status\":200,\"bytes\":1234,\"duration_us\":567,"
                        + "\"outcome\":\"miss\",\"reason\":\"absent\",\"rule\":\"news\",\"origin_status\":200,"
                        + "\"origin_us\":4321,\"user_agent\":\"curl\"}\n");
    }

    @Test
    @DisplayName("whatever a client sends stays one line of JSON without control characters (HARDENING F9)")
    void shouldStayOneLineOfJson() throws Exception {
        Random random = new Random(42);
        Provenance hit = new Provenance(Outcome.HIT, Reason.FRESH, "defaults", 5, 0, 0);
        for (int round = 0; round < 2000; round++) {
            StringBuilder nasty = new StringBuilder("\r\n\u001b[31m\"\\\u2028\ud800");
            for (int i = 0; i < 20; i++) {
                nasty.append((char) random.nextInt(0x10000));
            }

            String line = AccessLogLine.of(request("/", nasty.toString(), hit));

            assertThat(line.strip().chars().noneMatch(Character::isISOControl)).isTrue();
            JsonNode read = new ObjectMapper().readTree(line);
            assertThat(read.get("user_agent").asText()).isEqualTo(nasty.toString());
        }
    }
}
