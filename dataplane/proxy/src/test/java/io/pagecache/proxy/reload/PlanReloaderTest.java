package io.pagecache.proxy.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.elements.ElementBatch;
import io.pagecache.proxy.elements.KeptValues;
import io.pagecache.proxy.elements.ValueServices;
import io.pagecache.proxy.metrics.TrafficCounters;
import io.pagecache.proxy.metrics.ValueMeters;
import io.pagecache.proxy.origin.Clocks;
import io.pagecache.proxy.origin.OriginAuthorities;
import io.pagecache.proxy.origin.OriginClient;
import io.pagecache.proxy.origin.OriginHealth;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.PlanHolder;
import io.pagecache.proxy.stores.StorePool;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheImpl;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheInfo;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanReloaderTest {
    private final Vertx vertx = Vertx.vertx();
    private final PlanHolder holder = new PlanHolder();
    private final PlanReloader reloader = new PlanReloader(holder, (plan, before) -> active(plan));

    private ActivePlan active(CachePlan plan) {
        if (plan.revision().equals("bad")) {
            throw new InvalidPlanException("rules[x].path.value", "is no expression");
        }
        InstantSource clock = InstantSource.system();
        ValueMeters meters = new ValueMeters(new SimpleMeterRegistry());
        var services = new ElementBatch.Services(
                vertx,
                clock,
                new ValueServices(vertx, meters),
                new KeptValues(new CaffeineCacheImpl(info(), false), clock),
                new StorePool(vertx, Path.of("absent"), meters),
                meters,
                Path.of("absent"));
        OriginClient origin = new OriginClient(
                vertx,
                plan.origin(),
                new OriginAuthorities(null),
                new OriginClient.Books(
                        new OriginHealth(), new TrafficCounters(Instant.EPOCH), new Clocks(clock, clock)));
        return ActivePlan.compile(plan, ElementBatch.of(plan.pages(), services), origin, () -> 0.5);
    }

    private static CaffeineCacheInfo info() {
        CaffeineCacheInfo info = new CaffeineCacheInfo();
        info.name = "values";
        return info;
    }

    private static CachePlan plan(String revision) {
        SamplePlan plan = SamplePlan.plan();
        plan.revision = revision;
        return plan.build();
    }

    private String inForce() {
        return Objects.requireNonNull(holder.current()).plan().revision();
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void shouldIgnoreALateFileThatBringsWhatAPushHasReplaced() {
        reloader.fromFile(plan("a"));
        reloader.push(plan("b"));
        reloader.push(plan("c"));

        reloader.fromFile(plan("b"));

        assertThat(inForce()).isEqualTo("c");
    }

    @Test
    void shouldFollowTheFileToWhatWasNeverPushed() {
        reloader.fromFile(plan("a"));
        reloader.push(plan("b"));

        reloader.fromFile(plan("c"));

        assertThat(inForce()).isEqualTo("c");
    }

    @Test
    void shouldGoBackWhenAPushSaysSo() {
        reloader.push(plan("a"));
        reloader.push(plan("b"));
        reloader.push(plan("a"));

        reloader.fromFile(plan("a"));

        assertThat(inForce()).isEqualTo("a");
    }

    @Test
    void shouldKeepThePlanWhenTheNextIsBadAndForgetThatWhenAGoodOneComes() {
        reloader.push(plan("a"));

        assertThatThrownBy(() -> reloader.push(plan("bad"))).isInstanceOf(InvalidPlanException.class);

        assertThat(inForce()).isEqualTo("a");
        assertThat(reloader.rejection()).isEqualTo("plan bad: rules[x].path.value is no expression");
        reloader.push(plan("a"));
        assertThat(reloader.rejection()).isNull();
    }

    @Test
    void shouldNameTheFieldThatCannotBeRead() {
        assertThatThrownBy(() -> read("{\"lastSequence\": \"x\", \"orders\": []}"))
                .hasMessageStartingWith("lastSequence cannot be read");
        assertThatThrownBy(() -> read("{\"lastSequence\": 1}")).hasMessage("document lacks a part that must be there");
        assertThatThrownBy(() -> read("{")).hasMessageStartingWith("document is not JSON at line 1");
        assertThatThrownBy(() -> read("null")).hasMessageContaining("document is null");
    }

    private static PurgeLedger read(String json) {
        return WireJson.read(json.getBytes(StandardCharsets.UTF_8), PurgeLedger.class);
    }
}
