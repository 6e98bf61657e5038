package io.pagecache.proxy.front;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** The same over epoll, whose native library is older than its classes. */
class FrontWireOnEpollTest extends FrontWireTest {

    @Override
    boolean prefersNative() {
        return true;
    }

    @BeforeEach
    void needsEpoll() {
        Assumptions.assumeTrue(isNative(), "epoll does not load on this machine");
    }
}
