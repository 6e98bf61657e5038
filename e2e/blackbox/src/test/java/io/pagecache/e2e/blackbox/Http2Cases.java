package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Answer;
import io.pagecache.e2e.blackbox.Visitor.Reply;
import io.pagecache.plan.Listener;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2, behind TLS and in clear text. */
interface Http2Cases extends Staged {
    /** SETTINGS without any; then HEADERS of {@code GET / http localhost} on stream 1, which ends with them (RFC 9113, RFC 7541). */
    byte[] SETTINGS_AND_REQUEST = HexFormat.of()
            .parseHex("000000040000000000" + "00000e010500000001" + "828684" + "4109"
                    + HexFormat.of().formatHex("localhost".getBytes(StandardCharsets.US_ASCII)));

    int HEADERS = 1;
    int DATA = 0;
    int END_STREAM = 1;

    @Test
    default void shouldSpeakHttp2BehindTls(@TempDir Path directory) {
        WireFolder folder = stage().served(directory);
        SelfSigned.make(directory, "-keyalg", "EC", "-groupname", "secp256r1").into(folder);
        byte[] large = new byte[3 << 20];
        new Random(7).nextBytes(large);
        stage().origin
                .counts("/h2")
                .on("/account/h2-download", (turn, request) -> new Answer(200, large))
                .counts("/account/h2-form");
        try (ProxyProcess proxy = stage().started(folder);
                Visitor visitor = SelfSigned.visitor(proxy.secureUrl(), HttpClient.Version.HTTP_2)) {
            Reply miss = visitor.get("/h2");
            List<Reply> hits = visitor.each(Stream.generate(() -> "/h2").limit(20));
            Reply download = visitor.get("/account/h2-download");
            Reply posted = visitor.send("POST", "/account/h2-form", "name=Ann");

            assertThat(miss.response().version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(miss.cacheStatus()).contains("fwd=uri-miss");
            assertThat(hits).hasSize(20).allSatisfy(hit -> {
                assertThat(hit.response().version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(hit.isHit()).isTrue();
                assertThat(hit.text()).isEqualTo("/h2 1");
            });
            assertThat(download.bytes()).isEqualTo(large);
            assertThat(posted.text()).isEqualTo("/account/h2-form 1");
        }
    }

    @Test
    default void shouldSpeakHttp2InClearTextWhereThePlanSaysSo(@TempDir Path directory) throws IOException {
        stage().origin.counts("/");
        WireFolder folder = stage().served(
                        directory,
                        PlanWith.listener(
                                stage().site.plan("r1"),
                                new Listener(
                                        Listener.Http2.ALWAYS,
                                        Listener.ProxyProtocol.NEVER,
                                        Listener.DEFAULT_MAX_CONNECTIONS)));
        try (ProxyProcess proxy = stage().started(folder);
                Socket socket = new Socket("127.0.0.1", proxy.port())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(SETTINGS_AND_REQUEST);

            String body = bodyOfStreamOne(new DataInputStream(socket.getInputStream()));

            assertThat(body).isEqualTo("/ 1");
        }
    }

    private static String bodyOfStreamOne(DataInputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        boolean isAnswered = false;
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (stream != 1) {
                continue;
            }
            isAnswered |= type == HEADERS;
            assertThat(type == HEADERS || type == DATA)
                    .as("frame type %d", type)
                    .isTrue();
            if (type == DATA) {
                assertThat(isAnswered).isTrue();
                body.append(new String(payload, StandardCharsets.UTF_8));
            }
            if ((flags & END_STREAM) != 0) {
                return body.toString();
            }
        }
    }
}
