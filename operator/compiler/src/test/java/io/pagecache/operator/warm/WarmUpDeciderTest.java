package io.pagecache.operator.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.compile.PolicyYaml;
import io.pagecache.operator.warm.WarmUpTarget.Step;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.WarmUpProgress;
import io.pagecache.plan.WarmUpProgress.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:W32")
class WarmUpDeciderTest {
    private static final Instant CREATED = Instant.parse("2026-11-22T09:30:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T10:05:30Z");

    private static PageCachePolicy policy(String warmUp) {
        PageCachePolicy policy = PolicyYaml.withSpec("hosts: [www.example.com]\nwarmUp: " + warmUp);
        policy.getMetadata().setCreationTimestamp(CREATED.toString());
        return policy;
    }

    private static PageCachePolicy annotated(PageCachePolicy policy, String value) {
        policy.getMetadata().setAnnotations(Map.of(PageCachePolicy.WARM_UP_ANNOTATION, value));
        return policy;
    }

    private static WarmUpDecision decide(PageCachePolicy policy, WarmUpMemory before, long purges) {
        return WarmUpDecider.decide(policy, before, purges, NOW).orElseThrow();
    }

    private static ProxyState proxy(Instant startedAt, WarmUpProgress progress) {
        return new ProxyState("r", 0, List.of(), startedAt, null, null, progress);
    }

    private static WarmUpProgress run(String id, State state) {
        return new WarmUpProgress(id, state, 0, 0, 0, 0, NOW, null, null);
    }

    @Test
    void shouldWantNothingFromAPolicyWithoutWarmUp() {
        assertThat(WarmUpDecider.decide(PolicyYaml.withSpec("hosts: [a.test]"), WarmUpMemory.NONE, 0, NOW))
                .isEmpty();
    }

    @Test
    void shouldWarmUpEachProxyThatStarts() {
        WarmUpDecision decision = decide(policy("{urls: [/a]}"), WarmUpMemory.NONE, 0);

        assertThat(decision.target().order().id()).isEqualTo("start");
        assertThat(decision.target().order().site()).isEqualTo("http://www.example.com");
        assertThat(decision.target().order().urls()).containsExactly("/a");
        assertThat(decision.target().stepFor(proxy(NOW, null))).isEqualTo(Step.BEGIN);
        assertThat(decision.target().stepFor(proxy(NOW, run("start", State.DONE))))
                .isEqualTo(Step.NOTHING);
    }

    @Test
    void shouldWaitForATriggerWhenStartsAreNone() {
        assertThat(decide(policy("{urls: [/a], onStart: false}"), WarmUpMemory.NONE, 7)
                        .target())
                .isNull();
    }

    @Test
    void shouldTakeUpANewValueOfTheAnnotationOnce() {
        PageCachePolicy policy = annotated(policy("{urls: [/a], onStart: false}"), "monday");

        WarmUpDecision first = decide(policy, WarmUpMemory.NONE, 0);
        WarmUpDecision second = WarmUpDecider.decide(policy, first.memory(), 0, NOW.plusSeconds(60))
                .orElseThrow();

        assertThat(first.target().order().id()).isEqualTo("annotation monday");
        assertThat(second.target()).isEqualTo(first.target());
    }

    @Test
    void shouldNotSendAnOrderToProxiesThatStartedLaterUnlessStartsCount() {
        WarmUpTarget target = decide(annotated(policy("{urls: [/a], onStart: false}"), "now"), WarmUpMemory.NONE, 0)
                .target();

        assertThat(target.stepFor(proxy(NOW.minusSeconds(60), null))).isEqualTo(Step.BEGIN);
        assertThat(target.stepFor(proxy(NOW.plusSeconds(60), null))).isEqualTo(Step.NOTHING);
    }

    @Test
    void shouldCancelTheRunUnderWayAndOnlyThat() {
        PageCachePolicy policy = policy("{urls: [/a]}");
        WarmUpMemory started = decide(policy, WarmUpMemory.NONE, 0).memory();

        WarmUpDecision cancelled = decide(annotated(policy, "cancel@1"), started, 0);
        WarmUpDecision later = decide(annotated(policy, "again"), cancelled.memory(), 0);

        assertThat(cancelled.target().cancelled()).isTrue();
        assertThat(cancelled.target().stepFor(proxy(NOW, run("start", State.RUNNING))))
                .isEqualTo(Step.CANCEL);
        assertThat(cancelled.target().stepFor(proxy(NOW, null))).isEqualTo(Step.NOTHING);
        assertThat(decide(annotated(policy, "cancel@1"), cancelled.memory(), 0)
                        .target()
                        .cancelled())
                .isTrue();
        assertThat(later.target().order().id()).isEqualTo("annotation again");
        assertThat(later.target().cancelled()).isFalse();
    }

    @Test
    @DisplayName("W32 A schedule begins a warm-up at its times, in its time zone")
    void shouldFollowTheSchedule() {
        PageCachePolicy policy =
                policy("{urls: [/a], onStart: false, schedule: '0 11 * * *', timeZone: Europe/Berlin}");

        WarmUpDecision decision = decide(policy, WarmUpMemory.NONE, 0);

        assertThat(decision.target().order().id()).isEqualTo("schedule 2026-11-22T10:00:00Z");
        assertThat(decision.nextAt()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(decide(policy, decision.memory(), 0).target()).isEqualTo(decision.target());
    }

    @Test
    void shouldNotMakeUpForTimesBeforeThePolicyExisted() {
        PageCachePolicy policy = policy("{urls: [/a], onStart: false, schedule: '0 9 * * *'}");

        assertThat(decide(policy, WarmUpMemory.NONE, 0).target()).isNull();
    }

    @Test
    void shouldFollowAPurgeWhenAsked() {
        PageCachePolicy policy = policy("{urls: [/a], onStart: false, onPurge: true}");
        WarmUpDecision before = decide(policy, WarmUpMemory.NONE, 7);

        WarmUpDecision after = decide(policy, before.memory(), 8);

        assertThat(before.target()).isNull();
        assertThat(after.target().order().id()).isEqualTo("purge 8");
        assertThat(decide(policy, after.memory(), 8).target()).isEqualTo(after.target());
        assertThat(decide(policy("{urls: [/a], onStart: false}"), before.memory(), 8)
                        .target())
                .isNull();
    }

    @Test
    void shouldNameALongAnnotationByAHash() {
        PageCachePolicy policy = annotated(policy("{urls: [/a]}"), "x".repeat(10_000));

        assertThat(decide(policy, WarmUpMemory.NONE, 0).target().order().id()).hasSizeLessThan(100);
    }
}
