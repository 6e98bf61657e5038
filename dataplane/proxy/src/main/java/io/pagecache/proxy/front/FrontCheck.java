package io.pagecache.proxy.front;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Proves at start that the front stands before the data port: asks what only the front answers in this way. */
public final class FrontCheck {
    private static final String AMBIGUOUS = "GET / HTTP/1.1\r\nHost: check.invalid\r\nContent_Length: 1\r\n\r\n";
    private static final String PROOF = "detail=" + Refusal.AMBIGUOUS_FIELD_NAME.token();
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private final Vertx vertx;
    private final NetClientOptions options;

    /** @param options how to reach the port: with TLS when it speaks TLS */
    public FrontCheck(Vertx vertx, NetClientOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    /** Fails when the port can be reached but answers without the front, or does not answer. */
    public Future<Void> run(String host, int port) {
        NetClient client = vertx.createNetClient(options);
        return client.connect(port, host).compose(this::ask).eventually(() -> client.close());
    }

    private Future<Void> ask(NetSocket socket) {
        Promise<Void> proof = Promise.promise();
        Buffer answer = Buffer.buffer();
        long timer = vertx.setTimer(PATIENCE_MILLIS, late -> socket.close());
        socket.handler(answer::appendBuffer);
        socket.closeHandler(closed -> {
            vertx.cancelTimer(timer);
            String text = answer.toString(StandardCharsets.US_ASCII);
            if (text.contains(PROOF)) {
                proof.complete();
            } else {
                String firstLine = text.lines().findFirst().orElse("nothing");
                proof.fail("The data port is not guarded: expected an answer with \"" + PROOF
                        + "\" to an ambiguous request, got: " + firstLine);
            }
        });
        socket.write(AMBIGUOUS);
        return proof.future();
    }
}
