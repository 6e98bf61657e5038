package io.pagecache.images;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pagecache.e2e.blackbox.ProxyForm;
import io.pagecache.e2e.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets the operator start in a cluster in which there is nothing: what a new pod of it does until it watches. */
final class OperatorTraining implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final byte[] NOTHING =
            "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}"
                    .getBytes(StandardCharsets.UTF_8);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch watched = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HttpServer apiServer;

    private OperatorTraining() {
        try {
            apiServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        apiServer.setExecutor(threads);
        apiServer.createContext("/", this::answer);
        apiServer.start();
    }

    static void run(ProxyForm operator, Path scratch) {
        int managementPort = freePort();
        try (OperatorTraining cluster = new OperatorTraining();
                ChildProcess process = ChildProcess.start(
                        "operator in training",
                        operator.command(),
                        Map.of(
                                "PATH",
                                System.getenv("PATH"),
                                "KUBERNETES_MASTER",
                                "http://127.0.0.1:"
                                        + cluster.apiServer.getAddress().getPort(),
                                "KUBERNETES_AUTH_TRYKUBECONFIG",
                                "false",
                                "PAGECACHE_OPERATOR_LEADER_ELECTION_ENABLED",
                                "false",
                                "PAGECACHE_MANAGEMENT_HOST",
                                "127.0.0.1",
                                "PAGECACHE_MANAGEMENT_PORT",
                                Integer.toString(managementPort)),
                        scratch.resolve("operator.log"))) {
            cluster.awaitWatch(process);
            await(process, URI.create("http://127.0.0.1:" + managementPort + "/q/health/live"));
            process.stop(PATIENCE);
        }
    }

    private void awaitWatch(ChildProcess process) {
        try {
            if (!watched.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the operator watches nothing:\n" + process.logTail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void await(ChildProcess process, URI health) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isUp(client, health)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("the operator does not come to life:\n" + process.logTail());
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private static boolean isUp(HttpClient client, URI health) {
        try {
            return client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists are empty, and the answer to a watch of them never comes. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            if (query != null && query.contains("watch=true")) {
                watched.countDown();
                ended.await();
                return;
            }
            exchange.sendResponseHeaders(200, NOTHING.length);
            exchange.getResponseBody().write(NOTHING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        apiServer.stop(0);
        threads.shutdownNow();
    }
}
