package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Pages;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.actors.Proxy;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.reload.WireJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:T20")
class UserPurgeIT {
    private final AtomicInteger lookUps = new AtomicInteger();

    @TempDir
    Path directory;

    private Stage sessions() {
        SamplePlan plan = SamplePlan.plan();
        plan.elements = Behaviour.Elements.ON;
        Stage stage = new Stage(directory, plan);
        String url = "http://127.0.0.1:" + stage.origin.port() + "/session";
        plan.pages = new Pages(
                Pages.NONE.markers(),
                List.of(new Pages.Value(
                        "session",
                        new ValueSource.Http(url, List.of("sid", "lang")),
                        Duration.ofHours(1),
                        Duration.ofSeconds(20),
                        null)),
                List.of(new Pages.Element("greeting", "Hello {session.name}", "")),
                List.of(),
                Duration.ofSeconds(20));
        plan.revision = "with-session";
        stage.proxy.write(plan);
        Awaitility.await().until(() -> stage.proxy.revision().equals("with-session"));
        stage.origin.answers("/p", "<!--pc:element greeting-->", "Content-Type", "text/html");
        stage.origin.on(
                "/session",
                request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end("{\"name\":\"no. " + lookUps.incrementAndGet() + "\"}"));
        return stage;
    }

    private static void purge(Stage stage, long sequence, PurgeScope scope) {
        PurgeOrder order = new PurgeOrder(sequence, "t" + sequence, PurgeMode.HARD, List.of(scope), Instant.EPOCH);
        String ledger = new String(WireJson.write(new PurgeLedger(sequence, List.of(order))), StandardCharsets.UTF_8);
        assertThat(stage.operator
                        .sends("POST", "/v1/purges", ledger, "Authorization", "Bearer " + Proxy.TOKEN)
                        .status())
                .isEqualTo(200);
    }

    private static String page(Stage stage, String cookie) {
        return stage.visitor.get("/p", "Cookie", cookie).text();
    }

    @Test
    @DisplayName("T20: a purge of a user forgets what was looked up for that user, and nobody else's")
    void shouldForgetAUser() throws Exception {
        try (Stage stage = sessions()) {
            assertThat(page(stage, "sid=4711; lang=de")).isEqualTo("Hello no. 1");
            assertThat(page(stage, "sid=0815; lang=de")).isEqualTo("Hello no. 2");

            purge(stage, 1, new PurgeScope.User("4711"));

            assertThat(page(stage, "sid=4711; lang=de")).isEqualTo("Hello no. 3");
            assertThat(page(stage, "sid=0815; lang=de")).isEqualTo("Hello no. 2");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("T20: a purge of an element forgets the values it reads, for everybody")
    void shouldForgetAnElement() throws Exception {
        try (Stage stage = sessions()) {
            assertThat(page(stage, "sid=4711")).isEqualTo("Hello no. 1");

            purge(stage, 1, new PurgeScope.Element("weather"));
            assertThat(page(stage, "sid=4711")).isEqualTo("Hello no. 1");
            purge(stage, 2, new PurgeScope.Element("greeting"));
            assertThat(page(stage, "sid=4711")).isEqualTo("Hello no. 2");
            purge(stage, 3, new PurgeScope.Element("session"));
            assertThat(page(stage, "sid=4711")).isEqualTo("Hello no. 3");

            assertThat(stage.origin.requestsFor("/p")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("T20: a purge of everything leaves no value behind")
    void shouldForgetEverything() throws Exception {
        try (Stage stage = sessions()) {
            assertThat(page(stage, "sid=4711")).isEqualTo("Hello no. 1");

            purge(stage, 1, new PurgeScope.All());

            assertThat(page(stage, "sid=4711")).isEqualTo("Hello no. 2");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("T20: pages that a cookie keys go with the user whose cookie it is")
    void shouldPurgePagesOfAUser() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.keyCookies = List.of("sid");
        plan.cookies = new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.ONLY, List.of("sid"));
        try (Stage stage = new Stage(directory, plan)) {
            String mine = page(stage, "sid=4711");
            String yours = page(stage, "sid=0815");

            purge(stage, 1, new PurgeScope.User("4711"));

            assertThat(page(stage, "sid=4711")).isNotEqualTo(mine);
            assertThat(page(stage, "sid=0815")).isEqualTo(yours);
        }
    }
}
