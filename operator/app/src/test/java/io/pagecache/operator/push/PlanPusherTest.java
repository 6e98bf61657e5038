package io.pagecache.operator.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pagecache.operator.Policies;
import io.pagecache.operator.compile.Backend;
import io.pagecache.operator.compile.PlanCompiler;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.operator.compile.ResolvedPolicy;
import io.pagecache.operator.metrics.OperatorMetrics;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlanPusherTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final CachePlan PLAN =
            PlanCompiler.compile(ResolvedPolicy.of(Policies.shop(""), ref -> Backend.service("web", ref)));
    private static final PurgeLedger LEDGER = new PurgeLedger(
            4, List.of(new PurgeOrder(4, "all @1", PurgeMode.HARD, List.of(new PurgeScope.All()), NOW)));
    private static final String TOKEN = "secret-token";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private @Nullable String revision;
    private long purgeSequence;
    private int planStatus = 204;

    PlanPusherTest() throws IOException {
        proxy.createContext("/", this::answer);
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.stop(0);
    }

    @Test
    void shouldOnlyAskAProxyThatIsUpToDate() throws InterruptedException {
        revision = PLAN.revision();
        purgeSequence = 4;

        ProxyReport report = push();

        assertThat(report.state()).map(ProxyState::revision).hasValue(PLAN.revision());
        assertThat(asked).containsExactly("GET /v1/state");
    }

    @Test
    void shouldSendWhatIsMissing() throws InterruptedException {
        ProxyReport report = push();

        assertThat(report.state()).map(ProxyState::revision).hasValue(PLAN.revision());
        assertThat(report.state()).map(ProxyState::purgeSequence).hasValue(4L);
        assertThat(asked).containsExactly("GET /v1/state", "PUT /v1/plan", "GET /v1/state", "POST /v1/purges");
    }

    @Test
    void shouldReportARefusalInTheProxysWords() throws InterruptedException {
        planStatus = 422;

        assertThat(push().answer())
                .isInstanceOfSatisfying(
                        ProxyAnswer.Refused.class,
                        refused -> assertThat(refused.message()).isEqualTo("hosts[0] is odd"));
    }

    @Test
    void shouldReportAnUnexpectedStatusAsUnreachable() throws InterruptedException {
        planStatus = 500;

        assertThat(push().answer()).isEqualTo(new ProxyAnswer.Unreachable("PUT /v1/plan was answered with status 500"));
    }

    @Test
    void shouldReportAProxyThatDoesNotListenAsUnreachable() throws InterruptedException {
        proxy.stop(0);

        assertThat(push().answer()).isInstanceOf(ProxyAnswer.Unreachable.class);
    }

    @Test
    @DisplayName("clock skew: a proxy says what time it is, and how far that is off is reported")
    void shouldMeasureHowFarAProxysClockIsOff() throws Exception {
        saysNow = NOW.minusSeconds(40);

        assertThat(push().clockAhead()).isEqualTo(Duration.ofSeconds(-40));
    }

    @Test
    void shouldNotPrintTheToken() {
        assertThat(new ProxyTarget(PLAN, LEDGER, null, TOKEN)).asString().doesNotContain(TOKEN);
    }

    private @Nullable Instant saysNow;

    private ProxyReport push() throws InterruptedException {
        ManagementClient client = new ManagementClient(
                Duration.ofSeconds(5), Duration.ofSeconds(5), proxy.getAddress().getPort(), CLOCK);
        try {
            PlanPusher pusher = new PlanPusher(client, new OperatorMetrics(new SimpleMeterRegistry()), CLOCK);
            String address = InetAddress.getLoopbackAddress().getHostAddress();
            ProxyPod pod = new ProxyPod("a", "uid-a", address, true, true, false);
            return pusher.push(List.of(pod), new ProxyTarget(PLAN, LEDGER, null, TOKEN))
                    .getFirst();
        } finally {
            client.close();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(request);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 401, "");
        } else if (request.equals("PUT /v1/plan")) {
            revision = planStatus == 204 ? PlanJson.read(body, CachePlan.class).revision() : revision;
            reply(exchange, planStatus, planStatus == 422 ? "{\"field\":\"hosts[0]\",\"message\":\"is odd\"}" : "");
        } else {
            purgeSequence = request.equals("POST /v1/purges")
                    ? PlanJson.read(body, PurgeLedger.class).lastSequence()
                    : purgeSequence;
            reply(
                    exchange,
                    200,
                    PlanJson.write(new ProxyState(
                            revision, purgeSequence, List.of(), NOW, null, null, null, saysNow, null, null, null)));
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
