package io.pagecache.e2e.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AddressPoolTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AddressPool pool = new AddressPool(0, new int[] {1}, Duration.ofMinutes(1), now::get);

    @Test
    void shouldNotReuseAnAddressWithinItsCoolDown() {
        Set<InetAddress> held = new HashSet<>();
        for (int i = 0; i < 241; i++) {
            held.add(pool.lease());
        }
        InetAddress returned = held.iterator().next();

        pool.release(returned);

        assertThat(held).hasSize(241);
        assertThatThrownBy(pool::lease).isInstanceOf(IllegalStateException.class);
        now.set(Instant.EPOCH.plus(Duration.ofMinutes(1)));
        assertThat(pool.lease()).isEqualTo(returned);
    }

    @Test
    void shouldBeginWithAnAddressThatNoSystemUsesByItself() {
        assertThat(pool.lease().getHostAddress()).isEqualTo("127.0.1.10");
    }
}
