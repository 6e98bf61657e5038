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

/** Octets as two parsers see them: the front, and Netty behind it. */
final class Framing {
    private Framing() {}

    /** One request as someone understood it. */
    record Framed(String line, String fields) {}

    /** Whatever the front lets through, Netty frames in the same way: the same requests with the same fields, and nothing more. */
    static void expectAgreement(byte[] input) {
        ByteBuf handedOn = Unpooled.buffer();

        List<Framed> ours = frame(input, handedOn);

        assertThat(framedByNetty(handedOn))
                .as(() -> new String(input, StandardCharsets.ISO_8859_1))
                .isEqualTo(ours);
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
