package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes through the cache without being its business. */
@Tag("seed:T4")
class PassingIT {
    @TempDir
    Path directory;

    @Test
    void shouldKeepTheConnectionToTheOriginAfterAnswersWithoutABody() throws Exception {
        SamplePlan plan = SamplePlan.plan().rule("live", "/live", SamplePlan::never);
        Set<String> connections = ConcurrentHashMap.newKeySet();
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.on("/live", request -> {
                connections.add(request.remoteAddress().toString());
                if (request.getHeader("If-None-Match") != null) {
                    request.response().setStatusCode(304).end();
                } else {
                    request.response().putHeader("Content-Length", "5").end("12345");
                }
            });

            for (int i = 0; i < 10; i++) {
                Received head = stage.visitor.head("/live");
                Received unchanged = stage.visitor.get("/live", "If-None-Match", "\"x\"");

                assertThat(head.header("Content-Length")).isEqualTo("5");
                assertThat(unchanged.status()).isEqualTo(304);
            }
            // One for each of the two event loops at most.
            assertThat(connections).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void shouldPassOnTheClientsConditionsAndTheOriginsAnswerToThem() throws Exception {
        SamplePlan plan = SamplePlan.plan().rule("live", "/live", SamplePlan::never);
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.on(
                    "/live",
                    request -> request.response()
                            .setStatusCode(206)
                            .putHeader("Content-Range", "bytes 0-1/9")
                            .end("ab"));

            Received part = stage.visitor.get("/live", "Range", "bytes=0-1", "If-Range", "\"x\"");

            assertThat(part.status()).isEqualTo(206);
            assertThat(part.text()).isEqualTo("ab");
            assertThat(stage.origin.lastSeen().header("Range")).isEqualTo("bytes=0-1");
            assertThat(stage.origin.lastSeen().header("If-Range")).isEqualTo("\"x\"");
        }
    }

    @Test
    void shouldAnswerAHeadWithAnErrorWithoutABody() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.goDown();

            Received reply = stage.visitor.head("/a");

            assertThat(reply.status()).isEqualTo(502);
            assertThat(stage.visitor.head("/b").status()).isEqualTo(502);
        }
    }
}
