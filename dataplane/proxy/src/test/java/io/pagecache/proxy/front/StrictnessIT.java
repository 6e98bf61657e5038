package io.pagecache.proxy.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin.Seen;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.front.AmbiguousMessages.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole proxy between raw sockets and an origin: what may be read in two ways gets no further than its door. */
@Timeout(60)
class StrictnessIT {
    private static final String GET_NEXT = "GET /next HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n";

    @TempDir
    static Path directory;

    private static final Map<String, String> BODIES = new ConcurrentHashMap<>();
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = new Stage(directory, SamplePlan.bare());
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }

    static List<Message> ambiguous() {
        return AmbiguousMessages.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    @DisplayName(
            "A1-A18, A20, A21, A23, D6: refused with one answer and closed; the origin hears nothing, nor does what follows")
    void shouldKeepFromTheOrigin(Message message) throws Exception {
        int before = stage.origin.seen().size();

        String answers = exchange(message.text() + GET_NEXT);

        assertThat(answers).startsWith("HTTP/1.1 " + message.status() + " ").containsOnlyOnce("HTTP/1.1 ");
        assertThat(answers).containsIgnoringCase("\r\nConnection: close\r\n");
        assertThat(stage.origin.seen()).hasSize(before);
    }

    /**
     * A message with one meaning.
     *
     * @param head request line and fields, without {@code Host}
     * @param uri what the origin is asked for
     * @param content what the origin reads
     */
    record Clear(String head, String body, String uri, String content) {
        @Override
        public String toString() {
            return (head + " | " + body).replace("\r", "\\r").replace("\n", "\\n");
        }
    }

    private static Clear clear(String head) {
        return new Clear(head, "", head.split(" ")[1], "");
    }

    private static Clear chunked(String body) {
        return new Clear("POST /p HTTP/1.1\r\nTransfer-Encoding: chunked", body, "/p", "hello");
    }

    static List<Clear> clear() {
        String longest = "/" + "x".repeat(4_000);
        return List.of(
                clear("GET /a HTTP/1.1"),
                clear("GET /a HTTP/1.1\r\nX:"),
                clear("GET /a HTTP/1.1\r\nX: \t y \t "),
                clear("GET /a HTTP/1.1\r\nX:y"),
                clear("GET /a HTTP/1.1\r\nX: a\tb"),
                clear("GET /a HTTP/1.1\r\nX: \u00e4\u00ff"),
                clear("GET /a HTTP/1.1\r\n!#$%&'*+-.^`|~9: y"),
                clear("GET /a HTTP/1.1\r\nX: 1\r\nX: 2\r\nX: 1"),
                clear("GET /a HTTP/1.1\r\nAccept: */*\r\nCookie: a=b; c=\"d\""),
                clear("GET /a//b/../c/./%2e%2e%2fd;e=f?g=%00&h;i HTTP/1.1"),
                clear("GET /? HTTP/1.1"),
                clear("GET /a?b?c/d HTTP/1.1"),
                clear("GET " + longest + " HTTP/1.1"),
                clear("GET /a HTTP/1.1" + "\r\nX: y".repeat(95)),
                clear("GET /a HTTP/1.1\r\nX: " + "y".repeat(7_500)),
                clear(
                        "GET /a HTTP/1.1\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk"),
                clear("GET /a HTTP/1.1\r\nTE: trailers\r\nConnection: TE"),
                clear("GET /a HTTP/1.1\r\nConnection: keep-alive"),
                clear("HEAD /a HTTP/1.1"),
                clear("OPTIONS /a HTTP/1.1"),
                clear("DELETE /a HTTP/1.1"),
                clear("FOO /a HTTP/1.1"),
                clear("M-SEARCH /a HTTP/1.1"),
                clear("POST /a HTTP/1.1\r\nContent-Length: 0"),
                clear("POST /a HTTP/1.1\r\nContent_Type: a"),
                new Clear("GET http://b.example HTTP/1.1", "", "/", ""),
                new Clear("GET http://b.example/a?b HTTP/1.1", "", "/a?b", ""),
                new Clear("GET HTTP://b.example:80/a HTTP/1.1", "", "/a", ""),
                new Clear("POST /p HTTP/1.1\r\nContent-Length: 5", "hello", "/p", "hello"),
                new Clear("POST /p HTTP/1.1\r\nContent-Length:    5   ", "hello", "/p", "hello"),
                new Clear("PUT /p HTTP/1.1\r\ncontent-length: 5", "hello", "/p", "hello"),
                new Clear("POST /p HTTP/1.1\r\nTransfer-Encoding: ChUnKeD", "5\r\nhello\r\n0\r\n\r\n", "/p", "hello"),
                new Clear("GET /p HTTP/1.1\r\nContent-Length: 5", "hello", "/p", "hello"),
                new Clear("DELETE /p HTTP/1.1\r\nContent-Length: 5", "hello", "/p", "hello"),
                new Clear("OPTIONS /p HTTP/1.1\r\nContent-Length: 5", "hello", "/p", "hello"),
                chunked("5\r\nhello\r\n0\r\n\r\n"),
                chunked("1\r\nh\r\n4\r\nello\r\n0\r\n\r\n"),
                chunked("0000000000000005\r\nhello\r\n0\r\n\r\n"),
                chunked("5;a\r\nhello\r\n0\r\n\r\n"),
                chunked("5;a=b;c=\"d;e\\\"f\"\r\nhello\r\n0;x=y\r\n\r\n"),
                chunked("5\r\nhello\r\n000\r\n\r\n"),
                chunked("5\r\nhello\r\n0\r\nX-Trailer: y\r\nContent-Length: 7\r\nTransfer-Encoding: z\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clear")
    @DisplayName("what has one meaning reaches the origin with one framing, and the next request is the next request")
    void shouldHandOn(Clear message) throws Exception {
        int before = stage.origin.seen().size();
        int query = message.uri().indexOf('?');
        stage.origin.on(
                query < 0 ? message.uri() : message.uri().substring(0, query),
                request -> request.body().onSuccess(body -> {
                    BODIES.put(request.uri(), body.toString());
                    request.response().putHeader("Cache-Control", "no-store").end();
                }));
        String line = message.head().lines().findFirst().orElseThrow();
        String fields = message.head().substring(line.length());

        String answers = exchange(line + "\r\nHost: example.com" + fields + "\r\n\r\n" + message.body() + GET_NEXT);

        assertThat(answers).startsWith("HTTP/1.1 200 ");
        assertThat(answers.split("HTTP/1\\.1 200 ", -1)).hasSize(3);
        List<Seen> seen =
                stage.origin.seen().subList(before, stage.origin.seen().size());
        Seen first = seen.getFirst();
        assertThat(first.uri()).isEqualTo(message.uri());
        assertThat(BODIES.get(message.uri())).isEqualTo(message.content());
        assertThat(first.headers().getAll("Host")).hasSize(1);
        assertThat(first.headers().getAll("Content-Length").size()
                        + first.headers().getAll("Transfer-Encoding").size())
                .isLessThanOrEqualTo(1);
        assertThat(first.headers().contains("Upgrade")).isFalse();
        assertThat(first.headers().contains("HTTP2-Settings")).isFalse();
        assertThat(first.headers().contains("Content_Type")).isFalse();
    }

    /** Everything up to the end of the connection; a reset after the answer is an end, too. */
    private static String exchange(String messages) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.proxy.port())) {
            socket.setSoTimeout(20_000);
            StringBuilder answers = new StringBuilder();
            try {
                socket.getOutputStream().write(messages.getBytes(StandardCharsets.ISO_8859_1));
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[4096];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    answers.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketException reset) {
                // what came before it counts
            }
            return answers.toString();
        }
    }
}
