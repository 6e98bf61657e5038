package io.pagecache.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.CachePlan;
import org.junit.jupiter.api.Test;

class PlanRevisionTest {

    @Test
    void shouldBeTheSameForTheSamePolicy() {
        assertThat(compile("defaults: { ttl: 60s }").revision())
                .matches("[0-9a-f]{16}")
                .isEqualTo(compile("defaults: { ttl: 60s }").revision());
    }

    @Test
    void shouldNotDependOnHowADurationIsWritten() {
        assertThat(compile("defaults: { ttl: 1m30s }").revision())
                .isEqualTo(compile("defaults: { ttl: 90s }").revision());
    }

    @Test
    void shouldChangeWithAnyField() {
        assertThat(compile("defaults: { ttl: 61s }").revision())
                .isNotEqualTo(compile("defaults: { ttl: 60s }").revision());
    }

    @Test
    void shouldNotCountTheRevisionItself() {
        CachePlan plan = compile("defaults: { ttl: 60s }");

        assertThat(PlanRevision.of(plan.withRevision("other"))).isEqualTo(plan.revision());
    }

    private static CachePlan compile(String spec) {
        return PlanCompiler.compile(ResolvedPolicy.of(PolicyYaml.withSpec(spec), ref -> Backend.service("web", ref)));
    }
}
