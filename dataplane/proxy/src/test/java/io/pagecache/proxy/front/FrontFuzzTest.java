package io.pagecache.proxy.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.pagecache.proxy.front.RequestScanner.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever the front lets through, Netty must frame in the same way: the same requests with the same fields, and nothing more. */
class FrontFuzzTest {
    private static final int ROUNDS = 8_000;
    private static final String[] PIECES = {
        "GET / HTTP/1.1\r\n",
        "POST /p?q HTTP/1.1\r\n",
        "GET http://a/b HTTP/1.1\r\n",
        "HEAD /h HTTP/1.0\r\n",
        "Host: a\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: close\r\n",
        "Expect: 100-continue\r\n",
        "X: y\r\n",
        "X:\r\n",
        "X_Y: z\r\n",
        "\r\n",
        "\r\n",
        "\r\n",
        "hello",
        "5\r\nhello\r\n",
        "5;a=b\r\nhello\r\n",
        "0\r\n\r\n",
        "0\r\nT: u\r\n\r\n",
        "00000000005\r\nhello\r\n",
        "A\r\n0123456789\r\n",
        "Upgrade: h2c\r\n"
    };
    private static final String OCTETS = "\r\n\t \0:;,=\"\\09aAfFxX/*#?@[]_-+.\u000b\u007f\u00e4";

    /** One request as someone understood it. */
    record Framed(String line, String fields) {}

    @RepeatedTest(8)
    @DisplayName("A1-A24: differential fuzz against Netty's decoder")
    void shouldBeFramedAlikeByNetty(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] input = mutate(random, compose(random)).getBytes(StandardCharsets.ISO_8859_1);
            ByteBuf handedOn = Unpooled.buffer();

            List<Framed> ours = frame(input, handedOn);

            assertThat(framedByNetty(handedOn))
                    .as(() -> new String(input, StandardCharsets.ISO_8859_1))
                    .isEqualTo(ours);
        }
    }

    private static String compose(Random random) {
        StringBuilder text = new StringBuilder();
        for (int request = random.nextInt(3); request >= 0; request--) {
            int kind = random.nextInt(4);
            text.append(PIECES[random.nextInt(4)]).append("Host: a\r\n");
            while (random.nextInt(3) > 0) {
                text.append(PIECES[4 + random.nextInt(PIECES.length - 4)]);
            }
            text.append(
                    switch (kind) {
                        case 0 -> "\r\n";
                        case 1 -> "Content-Length: 5\r\n\r\nhello";
                        case 2 -> "Transfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\n\r\n";
                        default -> PIECES[random.nextInt(PIECES.length)];
                    });
        }
        return text.toString();
    }

    private static String mutate(Random random, String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int changes = random.nextInt(3); changes > 0 && !mutated.isEmpty(); changes--) {
            int at = random.nextInt(mutated.length());
            String octet = String.valueOf(OCTETS.charAt(random.nextInt(OCTETS.length())));
            switch (random.nextInt(3)) {
                case 0 -> mutated.insert(at, octet);
                case 1 -> mutated.deleteCharAt(at);
                default -> mutated.replace(at, at + 1, octet);
            }
        }
        return mutated.toString();
    }

    private static List<Framed> frame(byte[] input, ByteBuf handedOn) {
        List<Framed> requests = new ArrayList<>();
        RequestScanner scanner = new RequestScanner(FrontLimits.DEFAULT);
        BodyForwarder body = new BodyForwarder(FrontLimits.DEFAULT);
        ByteBuf rest = Unpooled.wrappedBuffer(input);
        while (rest.isReadable()) {
            byte[] bytes = new byte[rest.readableBytes()];
            rest.getBytes(rest.readerIndex(), bytes);
            if (scanner.scan(bytes, 0, bytes.length) != Verdict.COMPLETE) {
                return requests;
            }
            RequestHead head = scanner.head();
            ByteBuf rewritten = HeadRewriter.rewrite(Unpooled.buffer().alloc(), bytes, head);
            String text = rewritten.toString(StandardCharsets.ISO_8859_1);
            rewritten.release();
            handedOn.writeCharSequence(
                    head.needsRewriting()
                            ? text
                            : new String(bytes, head.start, head.end - head.start, StandardCharsets.ISO_8859_1),
                    StandardCharsets.ISO_8859_1);
            rest.skipBytes(head.end);
            body.begin(head);
            ByteBuf part = body.isComplete() ? null : body.take(rest, rest.alloc());
            if (part != null) {
                handedOn.writeBytes(part);
                part.release();
            }
            if (!body.isComplete()) {
                return requests;
            }
            int lineEnd = text.indexOf("\r\n");
            requests.add(new Framed(text.substring(0, lineEnd), text.substring(lineEnd + 2, text.length() - 2)));
        }
        return requests;
    }

    private static List<Framed> framedByNetty(ByteBuf handedOn) {
        List<Framed> requests = new ArrayList<>();
        EmbeddedChannel netty = new EmbeddedChannel(new HttpRequestDecoder(16 * 1024, 64 * 1024, 8 * 1024));
        netty.writeInbound(handedOn);
        String line = "";
        StringBuilder fields = new StringBuilder();
        Object message = netty.readInbound();
        while (message != null) {
            if (message instanceof HttpRequest request) {
                assertThat(request.decoderResult().isSuccess()).isTrue();
                line = request.method() + " " + request.uri() + " " + request.protocolVersion();
                fields.setLength(0);
                request.headers().forEach(field -> fields.append(field.getKey() + ": " + field.getValue() + "\r\n"));
            }
            if (message instanceof HttpContent content
                    && content.decoderResult().isFailure()) {
                throw new AssertionError(content.decoderResult().cause());
            }
            if (message instanceof LastHttpContent) {
                requests.add(new Framed(line, fields.toString()));
            }
            ReferenceCountUtil.release(message);
            message = netty.readInbound();
        }
        netty.finishAndReleaseAll();
        return requests;
    }
}
