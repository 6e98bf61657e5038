package io.pagecache.e2e.actors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Chromium without a window, spoken to by the DevTools protocol. Each {@link Tab} is a person of its own: it shares neither cookies
 * nor cache with the others.
 */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

    private Browser(Process process, URI address) {
        this.process = process;
        this.socket = client.newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Chromium of this machine, if there is one. */
    public static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile an empty folder for what the browser writes */
    public static Browser start(Path program, Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--window-size=1100,700",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        try {
            return new Browser(process, address(process, profile.resolve("DevToolsActivePort")));
        } catch (RuntimeException | IOException | InterruptedException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** The browser writes port and path there once it listens. */
    private static URI address(Process process, Path file) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() >= 2) {
                return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new IOException("Chromium does not listen; its log is beside " + file);
    }

    /** A new person at the address, whose browser asks for these languages. */
    public Tab open(String languages) {
        String context = call("", "Target.createBrowserContext", JSON.createObjectNode())
                .path("browserContextId")
                .asText();
        ObjectNode blank = JSON.createObjectNode().put("url", "about:blank").put("browserContextId", context);
        String target = call("", "Target.createTarget", blank).path("targetId").asText();
        ObjectNode attach = JSON.createObjectNode().put("targetId", target).put("flatten", true);
        Tab tab = new Tab(
                call("", "Target.attachToTarget", attach).path("sessionId").asText());
        call(tab.session, "Network.enable", JSON.createObjectNode());
        ObjectNode headers = JSON.createObjectNode();
        headers.putObject("headers").put("Accept-Language", languages);
        call(tab.session, "Network.setExtraHTTPHeaders", headers);
        return tab;
    }

    private JsonNode call(String session, String method, ObjectNode parameters) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** One person's window. */
    public final class Tab {
        private final String session;

        private Tab(String session) {
            this.session = session;
        }

        /** Ends when the page is there; whoever reads it waits until it is complete. */
        public void visit(String url) {
            call(session, "Page.navigate", JSON.createObjectNode().put("url", url));
        }

        /** What a script in the page yields, as text; the text of an object that is not there is empty. */
        public String evaluate(String script) {
            return call(session, "Runtime.evaluate", JSON.createObjectNode().put("expression", script))
                    .path("result")
                    .path("value")
                    .asText("");
        }

        /** Text of the first element that the selector finds, without line breaks; empty until there is one. */
        public String text(String selector) {
            return evaluate("document.readyState === 'complete' ? (document.querySelector('" + selector
                    + "') || {textContent: ''}).textContent.replace(/\\s+/g, ' ').trim() : ''");
        }

        public void screenshot(Path file) throws IOException {
            String image = call(session, "Page.captureScreenshot", JSON.createObjectNode())
                    .path("data")
                    .asText();
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(image));
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                accept(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void accept(String message) {
            try {
                JsonNode answer = JSON.readTree(message);
                CompletableFuture<JsonNode> waiting =
                        answers.remove(answer.path("id").asInt(-1));
                if (waiting != null && answer.has("error")) {
                    waiting.completeExceptionally(
                            new IllegalStateException(answer.path("error").toString()));
                } else if (waiting != null) {
                    waiting.complete(answer.path("result"));
                }
            } catch (IOException notJson) {
                throw new UncheckedIOException(notJson);
            }
        }
    }
}
