package io.pagecache.proxy.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("F4: names that change, or that nobody answers for")
class OriginAddressTest {
    private final Vertx vertx = Vertx.vertx();
    private long nanos;
    private final Queue<Promise<InetAddress>> lookups = new ArrayDeque<>();
    private final OriginAddress address = new OriginAddress(
            vertx,
            "origin.example",
            80,
            () -> {
                Promise<InetAddress> lookup = Promise.promise();
                lookups.add(lookup);
                return lookup.future();
            },
            () -> nanos);

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void answer(String ip) throws UnknownHostException {
        lookups.remove().complete(InetAddress.getByName(ip));
    }

    private void findFirst(String ip) throws Exception {
        Future<SocketAddress> first = address.current();
        answer(ip);
        assertThat(host(first)).isEqualTo(ip);
    }

    private static String host(Future<SocketAddress> future) throws Exception {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .host();
    }

    @Test
    void shouldLookUpOnceForAllWhoWait() throws Exception {
        Future<SocketAddress> one = address.current();
        Future<SocketAddress> other = address.current();

        assertThat(lookups).hasSize(1);
        answer("10.0.0.1");

        assertThat(host(one)).isEqualTo("10.0.0.1");
        assertThat(host(other)).isEqualTo("10.0.0.1");
    }

    @Test
    void shouldKeepTheLastGoodAddressWhenTheNameCannotBeResolved() throws Exception {
        findFirst("10.0.0.1");

        for (int i = 0; i < 3; i++) {
            nanos += OriginAddress.TRUST.toNanos();
            assertThat(host(address.current())).isEqualTo("10.0.0.1");
            lookups.remove().fail(new UnknownHostException("origin.example"));
        }

        assertThat(host(address.current())).isEqualTo("10.0.0.1");
        assertThat(lookups).isEmpty();
    }

    @Test
    void shouldTakeANewAddressAfterItsTrust() throws Exception {
        findFirst("10.0.0.1");
        assertThat(host(address.current())).isEqualTo("10.0.0.1");
        assertThat(lookups).isEmpty();

        nanos += OriginAddress.TRUST.toNanos();
        address.current();
        answer("10.0.0.2");

        assertThat(host(address.current())).isEqualTo("10.0.0.2");
    }

    @Test
    void shouldFailAndTryAgainWhileNothingIsKnown() throws Exception {
        Future<SocketAddress> first = address.current();
        lookups.remove().fail(new UnknownHostException("origin.example"));

        assertThat(first.toCompletionStage().toCompletableFuture())
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(UnknownHostException.class);
        findFirst("10.0.0.1");
    }

    @Test
    void shouldNotLookUpWhatIsAnAddress() throws Exception {
        OriginAddress literal = new OriginAddress(
                vertx,
                "192.0.2.7",
                80,
                () -> {
                    throw new AssertionError("looked up");
                },
                () -> 0);

        assertThat(host(literal.current())).isEqualTo("192.0.2.7");
    }
}
