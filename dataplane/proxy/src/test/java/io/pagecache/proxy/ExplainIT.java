package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.Explanation.Decision;
import io.pagecache.plan.Explanation.LifetimeSource;
import io.pagecache.proxy.actors.Proxy;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor.Received;
import io.pagecache.proxy.reload.WireJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:W70")
class ExplainIT {
    private static final String[] TOKEN = {"Authorization", "Bearer " + Proxy.TOKEN};

    @TempDir
    Path directory;

    private static Received asks(Stage stage, Object question) {
        String json = new String(WireJson.write(question), StandardCharsets.UTF_8);
        return stage.operator.sends("POST", "/v1/explain", json, TOKEN);
    }

    private static Explanation explains(Stage stage, ExplainRequest question) {
        Received answer = asks(stage, question);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return WireJson.read(answer.body().getBytes(), Explanation.class);
    }

    private static ExplainRequest get(Stage stage, String path) {
        return new ExplainRequest("http://127.0.0.1:" + stage.proxy.port() + path, null, null, null, null, null);
    }

    @Test
    @DisplayName("the explanation is what Cache-Status then says, and asking changes nothing")
    void shouldSayWhatWouldBeDone() throws Exception {
        SamplePlan plan = SamplePlan.plan().rule("account", "/account", SamplePlan::never);
        try (Stage stage = new Stage(directory, plan)) {
            Explanation absent = explains(stage, get(stage, "/page"));
            stage.visitor.get("/page");
            Explanation fresh = explains(stage, get(stage, "/page"));
            stage.proxy.clock.advance(Duration.ofSeconds(70));
            Explanation stale = explains(stage, get(stage, "/page"));
            Explanation account = explains(stage, get(stage, "/account/1"));

            assertThat(absent.decision()).isEqualTo(Decision.FETCH);
            assertThat(absent.reason()).isEqualTo("absent");
            assertThat(absent.key()).endsWith("/page");
            assertThat(fresh.decision()).isEqualTo(Decision.HIT);
            assertThat(fresh.stored().lifetime()).isEqualTo(Duration.ofSeconds(60));
            assertThat(fresh.stored().lifetimeSource()).isEqualTo(new LifetimeSource("policy", "ttl"));
            assertThat(stale.decision()).isEqualTo(Decision.STALE);
            assertThat(stale.reason()).isEqualTo("stale-while-revalidate");
            assertThat(account)
                    .isEqualTo(
                            new Explanation("account", Decision.PASS, "rule-never", 0, null, null, false, null, null));
            assertThat(stage.origin.requestsFor("/page")).isEqualTo(1);
        }
    }

    @Test
    void shouldSayWhatWouldBecomeOfAnAnswer() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            ExplainRequest kept = new ExplainRequest(
                    "http://example.com/a",
                    "GET",
                    Map.of(),
                    "192.0.2.1",
                    new ExplainRequest.Answer(200, Map.of("Cache-Control", "max-age=5", "Surrogate-Key", "x y")),
                    null);
            ExplainRequest personal = new ExplainRequest(
                    "http://example.com/a",
                    "GET",
                    Map.of(),
                    null,
                    new ExplainRequest.Answer(200, Map.of("Set-Cookie", "a=b")),
                    null);

            Explanation.Keeping keeping = explains(stage, kept).keeping();

            assertThat(keeping.kept()).isTrue();
            assertThat(keeping.lifetime()).isEqualTo(Duration.ofSeconds(5));
            assertThat(keeping.lifetimeSource()).isEqualTo(new LifetimeSource("origin", "Cache-Control: max-age"));
            assertThat(keeping.tags()).isEqualTo(List.of("x", "y"));
            assertThat(explains(stage, personal).keeping().reason()).isEqualTo("set-cookie");
        }
    }

    @Test
    @DisplayName("asked to, it fetches as a reader's request would, and keeps nothing")
    void shouldAskTheOrigin() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            String url = "http://127.0.0.1:" + stage.proxy.port() + "/page";
            ExplainRequest ask = new ExplainRequest(url, "HEAD", null, null, null, true);

            Explanation explained = explains(stage, ask);
            Explanation again = explains(stage, ask);

            assertThat(explained.decision()).isEqualTo(Decision.FETCH);
            assertThat(explained.keeping().kept()).isTrue();
            assertThat(explained.keeping().status()).isEqualTo(200);
            assertThat(explained.keeping().lifetimeSource()).isEqualTo(new LifetimeSource("policy", "ttl"));
            assertThat(again.stored()).isNull();
            assertThat(stage.origin.requestsFor("/page")).isEqualTo(2);
            assertThat(stage.visitor.get("/page").header("Cache-Status")).contains("fwd=uri-miss");
        }
    }

    @Test
    void shouldSayThatTheOriginDoesNotAnswer() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.close();

            Explanation.Keeping keeping = explains(
                            stage, new ExplainRequest("http://127.0.0.1/page", null, null, null, null, true))
                    .keeping();

            assertThat(keeping.kept()).isFalse();
            assertThat(keeping.status()).isZero();
            assertThat(keeping.reason()).isEqualTo("origin-unreachable");
        }
    }

    @Test
    @DisplayName("a question by HTTP/2 is complete before the token is read")
    void shouldTakeQuestionsByHttp2() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            HttpClient client = stage.vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));

            for (int i = 0; i < 20; i++) {
                Buffer answer = Sync.get(client.request(
                                HttpMethod.POST, stage.proxy.managementPort(), "127.0.0.1", "/v1/explain")
                        .compose(request -> request.putHeader(TOKEN[0], TOKEN[1])
                                .send(Buffer.buffer(WireJson.write(get(stage, "/page")))))
                        .compose(HttpClientResponse::body));
                assertThat(WireJson.read(answer.getBytes(), Explanation.class).decision())
                        .isEqualTo(Decision.FETCH);
            }
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAQuestion() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            Received relative = asks(stage, new ExplainRequest("/page", null, null, null, null, null));
            Received nowhere = asks(stage, new ExplainRequest("http://a/", null, null, "me", null, null));

            assertThat(relative.status()).isEqualTo(422);
            assertThat(relative.text()).contains("\"field\":\"url\"", "expected an absolute http or https URL");
            assertThat(nowhere.text()).contains("\"field\":\"client\"");
            assertThat(asks(stage, new ExplainRequest(null, null, null, null, null, null))
                            .status())
                    .isEqualTo(422);
            assertThat(stage.operator.sends("POST", "/v1/explain", "{", TOKEN).status())
                    .isEqualTo(422);
            assertThat(stage.operator.post("/v1/explain", "{}").status()).isEqualTo(401);
        }
    }
}
