package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Gate;
import io.pagecache.e2e.blackbox.Visitor.Reply;
import io.pagecache.plan.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the first plan to the last request. */
interface LifeCases extends Staged {
    @Test
    default void shouldBecomeReadyWithItsFirstPlan(@TempDir Path directory) {
        WireFolder empty = new WireFolder(directory);
        try (ProxyProcess unplanned = ProxyProcess.start(stage().form(), empty, Duration.ZERO)) {
            unplanned.await("liveness", () -> unplanned.management().isUp("live"));
            boolean readyBefore = unplanned.management().isUp("ready");

            empty.write(stage().site.plan("first"));

            unplanned.awaitReady();
            assertThat(readyBefore).isFalse();
            assertThat(unplanned.management().state().revision()).isEqualTo("first");
        }
    }

    @Test
    default void shouldTakeUpANewPlanAndRefuseABrokenOne(@TempDir Path directory) {
        WireFolder changing = stage().served(directory);
        stage().origin.counts("/reloaded");
        try (ProxyProcess changed = ProxyProcess.start(stage().form(), changing, Duration.ZERO)
                        .awaitReady();
                Visitor reader = new Visitor(changed.url())) {
            reader.get("/reloaded");

            changing.write(stage().site.plan("r2", Behaviour.Cache.NEVER));
            changed.await(
                    "plan r2", () -> "r2".equals(changed.management().state().revision()));
            Reply underNewPlan = reader.get("/reloaded");
            changing.writePlan("{\"formatVersion\":1,\"revision\":\"r3\"");
            changed.await("the refusal", () -> changed.management().state().rejection() != null);

            assertThat(underNewPlan.cacheStatus()).contains("detail=rule-never");
            assertThat(changed.management().state().rejection())
                    .startsWith("plan.json: document is not JSON at line 1");
            assertThat(changed.management().state().revision()).isEqualTo("r2");
            assertThat(changed.management().isUp("ready")).isTrue();
        }
    }

    @Test
    default void shouldFinishWhatIsUnderWayBeforeItLeaves(@TempDir Path directory) throws Exception {
        Gate gate = stage().origin.holds("/slow");
        ProxyProcess leaving = ProxyProcess.start(stage().form(), stage().served(directory), Duration.ofMillis(500))
                .awaitReady();
        try (leaving;
                Visitor last = new Visitor(leaving.url())) {
            CompletableFuture<Reply> underWay = last.asks("/slow");
            gate.awaitRequest();

            leaving.terminate();
            leaving.await("the end of readiness", () -> !leaving.management().isUp("ready"));
            gate.letGo();

            assertThat(underWay.get().text()).isEqualTo("/slow 1");
            assertThat(leaving.awaitExit()).isIn(0, 143);
        }
    }
}
