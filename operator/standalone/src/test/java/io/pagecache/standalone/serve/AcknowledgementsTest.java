package io.pagecache.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private final Acknowledgements acknowledgements = new Acknowledgements();

    @Test
    void shouldWaitUntilTheProxyRunsThePlan() {
        acknowledgements.expectPlan("b3f0");

        assertThat(acknowledgements.confirm(state("old", 0, null))).isEmpty();
        assertThat(acknowledgements.isWaiting()).isTrue();
        assertThat(acknowledgements.confirm(state("b3f0", 0, null))).containsExactly("The proxy runs plan b3f0");
        assertThat(acknowledgements.isWaiting()).isFalse();
    }

    @Test
    void shouldSayWhyThePlanIsRefused() {
        acknowledgements.expectPlan("b3f0");

        assertThat(acknowledgements.confirm(state("old", 0, "pages.elements element greeting:1:5: no value 'usr'")))
                .containsExactly("The proxy refused plan b3f0 and keeps the one it has: pages.elements element"
                        + " greeting:1:5: no value 'usr'");
        assertThat(acknowledgements.isWaiting()).isFalse();
    }

    @Test
    void shouldConfirmEachPurgeThatTheProxyHasReached() {
        acknowledgements.expectPurge(order(1));
        acknowledgements.expectPurge(order(2));
        acknowledgements.expectPurge(order(3));

        assertThat(acknowledgements.confirm(state("b3f0", 2, null, new PurgeResult(2, "t2", 1, Instant.EPOCH))))
                .containsExactly("Purge 't1' is done: the proxy is past it", "Purge 't2' is done: 1 page");
        assertThat(acknowledgements.isWaiting()).isTrue();
    }

    private static PurgeOrder order(long sequence) {
        return new PurgeOrder(sequence, "t" + sequence, PurgeMode.HARD, List.of(new PurgeScope.All()), Instant.EPOCH);
    }

    private static ProxyState state(
            String revision, long purgeSequence, @Nullable String rejection, PurgeResult... recent) {
        return new ProxyState(revision, purgeSequence, List.of(recent), Instant.EPOCH, null, rejection, null);
    }
}
