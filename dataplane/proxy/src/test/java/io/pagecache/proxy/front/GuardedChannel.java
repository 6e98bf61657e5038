package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A front before Netty's own HTTP codec and a server that answers each request with its target, or waits to be told. */
final class GuardedChannel implements AutoCloseable {
    final FrontCounters counters = new FrontCounters();
    final List<String> served = new ArrayList<>();
    final StringBuilder bodies = new StringBuilder();
    final StringBuilder handedOn = new StringBuilder();
    final EmbeddedChannel channel;
    final FrontLoop loop;
    boolean answering = true;
    boolean draining;
    FastPlan fastPlan;
    FastTicket ticket;
    long millis;
    long nanos;
    private final StringBuilder answers = new StringBuilder();

    GuardedChannel() {
        loop = new FrontLoop(new FrontShared(
                FrontLimits.DEFAULT,
                counters,
                () -> Instant.ofEpochMilli(millis),
                () -> nanos,
                () -> draining,
                () -> fastPlan));
        FrontHandler front = new FrontHandler(loop);
        channel = new EmbeddedChannel();
        channel.pipeline()
                .addLast(front)
                .addLast(new Recorder())
                .addLast(new HttpRequestDecoder(16 * 1024, 64 * 1024, 8 * 1024))
                .addLast(new HttpResponseEncoder())
                .addLast(new AnswerWatch(front))
                .addLast(new Server());
    }

    /** Sends these bytes in one piece; what comes after the end of the connection is lost. */
    GuardedChannel send(byte[] bytes, int from, int to) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, from, to - from));
            channel.runPendingTasks();
        }
        return this;
    }

    GuardedChannel send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return send(bytes, 0, bytes.length);
    }

    /** Moves time on and lets the loop look at its connections. */
    void pass(long seconds) {
        for (long i = 0; i < seconds; i++) {
            nanos += 1_000_000_000L;
            loop.tick();
        }
    }

    String answers() {
        ByteBuf out = channel.readOutbound();
        while (out != null) {
            answers.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
            out = channel.readOutbound();
        }
        return answers.toString();
    }

    /** All answers so far, which {@link #answers} does not show again. */
    String forgetAnswers() {
        String all = answers();
        answers.setLength(0);
        return all;
    }

    List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>();
        String text = answers();
        for (int at = text.indexOf("HTTP/1.1 "); at >= 0; at = text.indexOf("HTTP/1.1 ", at + 1)) {
            statuses.add(Integer.parseInt(text.substring(at + 9, at + 12)));
        }
        return statuses;
    }

    void answer(HttpResponseStatus status, String body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        if (status.code() >= 200) {
            response.headers().set("Content-Length", body.length());
        }
        channel.attr(FastTicket.ATTRIBUTE).set(ticket);
        channel.writeOutbound(response);
        channel.runPendingTasks();
    }

    @Override
    public void close() {
        answers();
        channel.finishAndReleaseAll();
    }

    private final class Recorder extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            handedOn.append(((ByteBuf) message).toString(StandardCharsets.ISO_8859_1));
            context.fireChannelRead(message);
        }
    }

    private final class Server extends ChannelInboundHandlerAdapter {
        private String target = "";

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                if (request.decoderResult().isFailure()) {
                    throw new AssertionError(
                            "handed on, but refused by Netty: " + handedOn,
                            request.decoderResult().cause());
                }
                target = request.uri();
            }
            if (message instanceof HttpContent content) {
                bodies.append(content.content().toString(StandardCharsets.ISO_8859_1));
                content.release();
            }
            if (message instanceof LastHttpContent) {
                served.add(target);
                if (answering) {
                    answer(HttpResponseStatus.OK, target);
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof RefusedRequestException)) {
                context.fireExceptionCaught(cause);
            }
        }
    }
}
