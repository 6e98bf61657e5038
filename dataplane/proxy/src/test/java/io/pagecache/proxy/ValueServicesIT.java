package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin.Gate;
import io.pagecache.proxy.actors.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that a value comes from, when it is ill. */
@Tag("seed:T33")
class ValueServicesIT {
    private static final String PAGE = "<p><!--pc:get session.name \"guest\"--></p>";
    private static final String GUEST = "<p>guest</p>";

    @TempDir
    Path directory;

    @Test
    @DisplayName("T33: a service that fails is left alone, and used again when it is back")
    void shouldLeaveAFailingServiceAlone() throws Exception {
        try (Stage stage = stage(Duration.ofSeconds(10))) {
            stage.origin.answersStatus("/session", 500);

            int visits = 200;
            for (int i = 0; i < visits; i++) {
                assertThat(page(stage)).isEqualTo(GUEST);
            }
            long asked = stage.origin.requestsFor("/session");
            stage.origin.answers("/session", "{\"name\":\"Ann\"}", "Content-Type", "application/json");

            assertThat(asked).isBetween(5L, visits / 2L);
            assertThat(failures(stage)).isEqualTo(visits);
            await().until(() -> page(stage).equals("<p>Ann</p>"));
            assertThat(state(stage)).isZero();
        }
    }

    @Test
    @DisplayName("T33: a service that hangs delays pages by its timeout a few times, then not at all")
    void shouldLeaveAHangingServiceAlone() throws Exception {
        try (Stage stage = stage(Duration.ofMillis(100))) {
            Gate gate = stage.origin.answersWhenOpen("/session");

            await().until(() -> page(stage).equals(GUEST) && state(stage) == 2);
            gate.open();
            stage.origin.answers("/session", "{\"name\":\"Ann\"}", "Content-Type", "application/json");

            await().until(() -> page(stage).equals("<p>Ann</p>"));
        }
    }

    @Test
    @DisplayName("T33: a service that knows nothing of some readers is not ill")
    void shouldNotTakeRefusalsForFailures() throws Exception {
        try (Stage stage = stage(Duration.ofSeconds(10))) {
            stage.origin.answersStatus("/session", 401);

            for (int i = 0; i < 20; i++) {
                assertThat(page(stage)).isEqualTo(GUEST);
            }

            assertThat(stage.origin.requestsFor("/session")).isEqualTo(20);
            assertThat(state(stage)).isZero();
            assertThat(failures(stage)).isZero();
        }
    }

    private static String page(Stage stage) {
        return stage.visitor.get("/p", "Cookie", "sid=ann").text();
    }

    private static double state(Stage stage) {
        return stage.proxy
                .meters
                .get("pagecache.value.service.state")
                .tag("value", "session")
                .gauge()
                .value();
    }

    private static double failures(Stage stage) {
        return stage.proxy
                .meters
                .get("pagecache.value.service.failures")
                .functionCounter()
                .count();
    }

    /** The session service is the origin itself, so that it can be scripted. */
    private Stage stage(Duration timeout) throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.elements = Behaviour.Elements.ON;
        Stage stage = new Stage(directory, plan);
        stage.origin.answers("/p", PAGE, "Content-Type", "text/html");
        String url = "http://127.0.0.1:" + stage.origin.port() + "/session";
        plan.pages = new Pages(
                Pages.NONE.markers(),
                List.of(new Pages.Value(
                        "session", new ValueSource.Http(url, List.of("sid")), Duration.ZERO, timeout, null)),
                List.of());
        plan.revision = "with-session";
        stage.proxy.write(plan);
        await().until(() -> stage.proxy.revision().equals("with-session"));
        return stage;
    }
}
