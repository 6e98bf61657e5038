package io.pagecache.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The application as it is packaged, while no API server can be reached. */
@QuarkusTest
@TestProfile(OperatorApplicationTest.WithoutApiServer.class)
class OperatorApplicationTest {

    /** Nobody listens on the discard port of the loopback interface. */
    public static final class WithoutApiServer implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.kubernetes-client.api-server-url", "http://127.0.0.1:9",
                    "quarkus.kubernetes-client.request-retry-backoff-limit", "0",
                    "quarkus.http.host-enabled", "true",
                    "pagecache.operator.leader-election.namespace", "pagecache-system");
        }
    }

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @TestHTTPResource("/")
    URI api;

    @Test
    void shouldBeAliveButNotReady() throws Exception {
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        assertThat(get("health/ready").statusCode()).isEqualTo(503);
        assertThat(get("health/ready").body()).contains("controllers");
        assertThat(get("metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakePurgesByPostOnlyAndSayThatItCannotYet() throws Exception {
        URI purges = api.resolve("/v1/namespaces/web/policies/shop/purges");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> post = client.send(
                    HttpRequest.newBuilder(purges)
                            .header("Authorization", "Bearer token")
                            .POST(BodyPublishers.ofString("all"))
                            .build(),
                    BodyHandlers.ofString());
            HttpResponse<String> tooLong = client.send(
                    HttpRequest.newBuilder(purges)
                            .POST(BodyPublishers.ofString("tag:x ".repeat(20_000)))
                            .build(),
                    BodyHandlers.ofString());
            HttpResponse<String> get =
                    client.send(HttpRequest.newBuilder(purges).build(), BodyHandlers.ofString());

            assertThat(post.statusCode()).as(post.body()).isEqualTo(503);
            assertThat(post.headers().firstValue("Retry-After")).isPresent();
            assertThat(tooLong.statusCode()).isEqualTo(413);
            assertThat(get.statusCode()).isEqualTo(405);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(management.resolve("/q/" + path)).build(), BodyHandlers.ofString());
        }
    }
}
