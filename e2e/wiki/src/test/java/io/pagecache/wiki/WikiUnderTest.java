package io.pagecache.wiki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;

/** A wiki on a free port and a visitor of it who follows no redirects and keeps no cookies. */
final class WikiUnderTest implements AutoCloseable {
    static final String[] CACHE_IN_FRONT = {"Surrogate-Capability", "pagecache=\"Surrogate/1.0 ESI/1.0 Pagecache/1.0\""
    };

    private final Wiki wiki;
    private final HttpClient client = HttpClient.newHttpClient();

    WikiUnderTest(Duration slowBuild, boolean allowFaults) {
        wiki = Wiki.start(new WikiOptions("127.0.0.1", 0, slowBuild, allowFaults), Clock.systemUTC());
    }

    URI url(String path) {
        return wiki.url().resolve(path);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    HttpResponse<String> post(String path, String form, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    HttpResponse<String> send(String method, String path) {
        return send(request(path)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        wiki.close();
    }
}
