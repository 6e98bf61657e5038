package io.pagecache.e2e.blackbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The application: answers as it was told to and remembers who asked. */
public final class ScriptedOrigin implements AutoCloseable {

    /**
     * @param status 200 to 599
     * @param body sent as it is
     * @param fields name, value, name, value …
     */
    public record Answer(int status, byte[] body, String... fields) {
        public static Answer text(String body, String... fields) {
            return new Answer(200, body.getBytes(StandardCharsets.UTF_8), fields);
        }
    }

    /** Makes the answer to one request. */
    @FunctionalInterface
    public interface Script {
        /** @param turn 1 for the first request of this path, 2 for the next … */
        Answer answer(int turn, Headers request) throws InterruptedException;
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private volatile Script otherwise = (turn, request) -> new Answer(404, new byte[0]);

    public ScriptedOrigin() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public ScriptedOrigin on(String path, Script script) {
        scripts.put(path, script);
        return this;
    }

    /** What paths without a script of their own get; 404 unless told. */
    public void otherwise(Script script) {
        otherwise = script;
    }

    /** Text that counts the requests of the path: {@code /x 1}, {@code /x 2} … */
    public ScriptedOrigin counts(String path, String... fields) {
        return on(path, (turn, request) -> Answer.text(path + " " + turn, fields));
    }

    /** Answers counted text, but only once the gate is open. */
    public Gate holds(String path) {
        Gate gate = new Gate(new CountDownLatch(1), new CountDownLatch(1));
        on(path, (turn, request) -> {
            gate.reached().countDown();
            gate.open().await();
            return Answer.text(path + " " + turn);
        });
        return gate;
    }

    /** Requests for this path, whatever their query. */
    public int requestsFor(String path) {
        return counterOf(path).get();
    }

    private AtomicInteger counterOf(String path) {
        return asked.computeIfAbsent(path, first -> new AtomicInteger());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            exchange.getRequestBody().readAllBytes();
            int turn = counterOf(path).incrementAndGet();
            Script script = scripts.getOrDefault(path, otherwise);
            send(exchange, script.answer(turn, exchange.getRequestHeaders()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        for (int i = 0; i < answer.fields().length; i += 2) {
            exchange.getResponseHeaders().add(answer.fields()[i], answer.fields()[i + 1]);
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Holds an answer back until it is opened. */
    public record Gate(CountDownLatch reached, CountDownLatch open) {
        /** Until a request waits at the gate. */
        public void awaitRequest() throws InterruptedException {
            reached.await();
        }

        public void letGo() {
            open.countDown();
        }
    }
}
