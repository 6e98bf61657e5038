package io.pagecache.standalone.serve;

import io.pagecache.operator.compile.PlanJson;
import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.WarmUpOrder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks the proxy what it runs. */
final class ManagementClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** An origin may take its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final HttpRequest stateRequest;

    ManagementClient(Address management, String token) {
        this.stateRequest = HttpRequest.newBuilder(URI.create("http://%s/v1/state".formatted(management)))
                .header("Authorization", "Bearer " + token)
                .timeout(TIMEOUT)
                .build();
    }

    /** The proxy's state, or empty when it does not answer (yet). */
    Optional<ProxyState> state() throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(stateRequest, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Optional.of(PlanJson.read(answer.body(), ProxyState.class))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it starts or ends; the next look tells
        }
    }

    /**
     * What the proxy says to a question.
     *
     * @throws IOException when it does not answer, or cannot; the message says why
     */
    Explanation explain(ExplainRequest question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(stateRequest, (name, value) -> true)
                .uri(stateRequest.uri().resolve("/v1/explain"))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(PlanJson.write(question)))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
            return PlanJson.read(answer.body(), Explanation.class);
        }
        throw new IOException(
                answer.statusCode() == 422
                        ? PlanJson.mapper()
                                .readTree(answer.body())
                                .path("message")
                                .asText()
                        : "the proxy answered " + answer.statusCode());
    }

    /** Tells the proxy to begin this warm-up; false when it does not take the order (yet). */
    boolean begin(WarmUpOrder order) throws InterruptedException {
        return isTaken(warmUp().POST(HttpRequest.BodyPublishers.ofString(PlanJson.write(order))));
    }

    /** Ends the warm-up under way; false when the proxy does not answer. */
    boolean cancelWarmUp() throws InterruptedException {
        return isTaken(warmUp().DELETE());
    }

    private HttpRequest.Builder warmUp() {
        return HttpRequest.newBuilder(stateRequest, (name, value) -> true)
                .uri(stateRequest.uri().resolve("/v1/warm-up"))
                .header("Content-Type", "application/json");
    }

    private boolean isTaken(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
