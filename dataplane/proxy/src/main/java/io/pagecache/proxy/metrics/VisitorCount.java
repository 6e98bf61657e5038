package io.pagecache.proxy.metrics;

import io.pagecache.plan.VisitorSketch;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Different visitors of the current hour and the 23 before it, by address. Of an address nothing is kept but what it changes in a
 * sketch, by a hash under a secret that all proxies of a policy share: nobody can find an address in it, and visitors of two
 * proxies count once. Thread-safe: of two visitors that meet in one register one may get lost, which is far within the error.
 */
public final class VisitorCount {
    private static final int HOURS = 24;

    private record Hour(long number, VisitorSketch sketch) {}

    private final InstantSource clock;
    private final @Nullable Hour[] hours = new @Nullable Hour[HOURS];
    private volatile Hour current;
    private volatile SipHash hash = SipHash.under("");

    public VisitorCount(InstantSource clock) {
        this.clock = clock;
        this.current = begin(hourNow());
    }

    /** Visitors of earlier hours count anew when the secret has changed. */
    public void secret(String secret) {
        hash = SipHash.under(secret);
    }

    /** @param address literal, as text */
    public void seen(String address) {
        Hour hour = current;
        long now = hourNow();
        if (hour.number() != now) {
            hour = begin(now);
        }
        hour.sketch().add(hash.of(address.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private synchronized Hour begin(long number) {
        Hour known = hours[(int) (number % HOURS)];
        Hour begun = known == null || known.number() != number ? new Hour(number, VisitorSketch.empty()) : known;
        hours[(int) (number % HOURS)] = begun;
        current = begun;
        return begun;
    }

    /** All visitors of the last hours. */
    public synchronized VisitorSketch ofLastDay() {
        long oldest = hourNow() - HOURS + 1;
        VisitorSketch all = VisitorSketch.empty();
        for (Hour hour : hours) {
            if (hour != null && hour.number() >= oldest) {
                all.merge(hour.sketch());
            }
        }
        return all;
    }

    private long hourNow() {
        return TimeUnit.MILLISECONDS.toHours(clock.millis());
    }
}
