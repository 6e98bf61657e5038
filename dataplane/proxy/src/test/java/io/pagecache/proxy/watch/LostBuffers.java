package io.pagecache.proxy.watch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What Netty finds to have been dropped without being released. Netty looks when it makes the next buffer after a collection. */
final class LostBuffers {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    private LostBuffers() {}

    /** To be called before the first class of Netty is used. */
    static void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> of, int interval, long active) {
                return new Reporting<>(of, interval);
            }
        });
    }

    /** What was found since the last call. */
    static List<String> take() {
        List<String> all = new ArrayList<>();
        System.gc();
        for (int i = 0; i < 3; i++) {
            look();
        }
        for (String one = FOUND.poll(); one != null; one = FOUND.poll()) {
            all.add(one);
        }
        return all;
    }

    private static void look() {
        ByteBuf any = PooledByteBufAllocator.DEFAULT.buffer(16);
        any.release();
    }

    private static final class Reporting<T> extends ResourceLeakDetector<T> {
        Reporting(Class<T> of, int interval) {
            super(of, interval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String type, String records) {
            super.reportTracedLeak(type, records);
            FOUND.add(type + " was not released:" + records);
        }

        @Override
        protected void reportUntracedLeak(String type) {
            super.reportUntracedLeak(type);
            FOUND.add(type + " was not released");
        }
    }
}
