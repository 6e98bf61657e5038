package io.pagecache.proxy.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who watches the watch. */
class NettyWatchTest {

    @Test
    void shouldFindABufferThatNobodyReleased() {
        List<String> found = new ArrayList<>();
        lose();

        await().until(() -> {
            found.addAll(LostBuffers.take());
            return !found.isEmpty();
        });

        assertThat(found).singleElement().asString().contains("was not released");
    }

    private static void lose() {
        ByteBuf lost = PooledByteBufAllocator.DEFAULT.buffer(16);
        lost.writeByte(1);
    }

    @Test
    void shouldHearOfALoopThatIsBlocked() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setMaxEventLoopExecuteTime(1)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setBlockedThreadCheckInterval(5)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS));
        long before = BlockedLoops.complaints();
        try {
            vertx.runOnContext(blocked -> {
                try {
                    enough.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            await().until(() -> BlockedLoops.complaints() > before);
        } finally {
            enough.countDown();
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            BlockedLoops.take();
        }
    }
}
