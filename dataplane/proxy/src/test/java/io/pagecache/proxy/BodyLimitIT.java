package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.Http;
import io.pagecache.proxy.actors.RawVisitor;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("HARDENING D6: bodies of requests are bounded")
class BodyLimitIT {
    @TempDir
    Path directory;

    private Stage stage;

    @BeforeEach
    void open() {
        SamplePlan plan = SamplePlan.bare();
        plan.http = new Http(100, false);
        stage = Stage.raw(directory, plan);
        stage.raw.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    @DisplayName("an announced body that is too large is refused before any of it is read")
    void shouldRefuseByContentLength() throws Exception {
        try (RawVisitor visitor = new RawVisitor(stage.proxy.port())) {
            String seen = visitor.sends("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n")
                    .seesAll();

            assertThat(seen)
                    .startsWith("HTTP/1.1 413")
                    .contains("body-too-large")
                    .containsIgnoringCase("connection: close");
        }
        assertThat(stage.raw.received()).isEmpty();
    }

    @Test
    @DisplayName("a chunked body is refused when it has become too large, and the connection to the origin closed")
    void shouldRefuseWhatGrowsTooLarge() throws Exception {
        stage.raw.on((socket, head) -> {});
        try (RawVisitor visitor = new RawVisitor(stage.proxy.port())) {
            visitor.sends("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n32\r\n" + "x".repeat(50)
                    + "\r\n");
            await().until(() -> !stage.raw.received().isEmpty());
            String seen = visitor.sends("33\r\n" + "~".repeat(51) + "\r\n").seesAll();

            assertThat(seen).startsWith("HTTP/1.1 413").contains("body-too-large");
        }
        await().until(() -> stage.raw.openConnections() == 0);
        assertThat(stage.raw.received().getFirst()).doesNotContain("~").doesNotContain("0\r\n\r\n");
    }

    @Test
    void shouldPassOnWhatIsJustSmallEnough() throws Exception {
        assertThat(stage.visitor.post("/a", "x".repeat(100)).text()).isEqualTo("ok");
        try (RawVisitor visitor = new RawVisitor(stage.proxy.port())) {
            assertThat(visitor.sends("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n"
                                    + "x".repeat(100) + "\r\n0\r\n\r\n")
                            .seesUntil("\r\n\r\nok"))
                    .startsWith("HTTP/1.1 200");
        }
    }
}
