package io.pagecache.proxy.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.AccessLog;
import io.pagecache.proxy.metrics.FinishedRequest;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.status.Reason;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:W34")
class AccessLogWriterTest {
    private static final FinishedRequest REQUEST = new FinishedRequest(
            Instant.EPOCH,
            "192.0.2.1",
            "GET",
            "h",
            "/",
            200,
            0,
            0,
            "",
            Provenance.local(Outcome.HIT, Reason.FRESH, "defaults"));

    @Test
    void shouldLogTheShareThatIsAskedFor() throws Exception {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (AccessLogWriter writer = new AccessLogWriter(sink, () -> 0.25).start()) {
            writer.log(new AccessLog(AccessLog.Mode.OFF, 1), REQUEST);
            writer.log(new AccessLog(AccessLog.Mode.SAMPLED, 0.25), REQUEST);
            writer.log(new AccessLog(AccessLog.Mode.SAMPLED, 0.26), REQUEST);
            writer.log(new AccessLog(AccessLog.Mode.ALL, 0), REQUEST);
        }

        assertThat(sink.toString().lines()).hasSize(2);
    }

    @Test
    @DisplayName("a log that nobody reads costs lines, not requests (HARDENING F9)")
    void shouldDropAndCountWhatDoesNotFit() throws Exception {
        CountDownLatch unblocked = new CountDownLatch(1);
        OutputStream stuck = new OutputStream() {
            @Override
            public void write(int b) {
                try {
                    unblocked.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (AccessLogWriter writer = new AccessLogWriter(stuck, () -> 0).start()) {
            for (int i = 0; i < 20_000; i++) {
                writer.log(new AccessLog(AccessLog.Mode.ALL, 1), REQUEST);
            }

            assertThat(writer.dropped()).isBetween(10_000L, 12_000L);
            unblocked.countDown();
        }
    }
}
