package io.pagecache.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.ProxySpec;
import io.pagecache.operator.Policies;
import io.pagecache.operator.compile.Backend;
import io.pagecache.operator.compile.PlanCompiler;
import io.pagecache.operator.compile.ResolvedPolicy;
import io.pagecache.operator.policy.ProxyMemory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodShapeTest {
    private static final ProxyRuntime RUNTIME = running("proxy:1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy: { replicas: 5 }",
                "hosts: [www.example.com]",
                "defaults: { ttl: 5m }",
                "mode: PassThrough",
                "proxy: { service: { port: 8000 } }",
                "proxy: { accessLog: { mode: All } }"
            })
    void shouldKeepPodsForWhatIsAHotSwap(String change) {
        assertThat(hash(change, RUNTIME)).isEqualTo(hash("", RUNTIME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy: { cacheSize: 1Gi }",
                "proxy: { form: Native }",
                "proxy: { resources: { limits: { cpu: 2 } } }",
                "proxy: { podTemplate: { labels: { team: web } } }",
                "proxy: { podTemplate: { annotations: { a: b } } }",
                "proxy: { podTemplate: { nodeSelector: { disk: fast } } }",
                "proxy: { podTemplate: { tolerations: [{ operator: Exists }] } }",
                "pages: { values: [{ name: m, messages: { configMapRef: { name: m }, languages: [en] } }] }"
            })
    void shouldRollPodsForWhatNeedsNewOnes(String change) {
        assertThat(hash(change, RUNTIME)).isNotEqualTo(hash("", RUNTIME));
    }

    @Test
    void shouldRollPodsForAnotherImage() {
        assertThat(hash("", running("proxy:2"))).isNotEqualTo(hash("", RUNTIME));
    }

    @Test
    void shouldLeaveRoomBesideThePages() {
        ProxyMemory memory = ProxyMemory.forCache(256L << 20);

        assertThat(memory.heapOption()).isEqualTo("-Xmx384m");
        assertThat(memory.containerQuantity()).isEqualTo("544Mi");
    }

    @Test
    void shouldBoundTheBuffersByWhatTheContainerLeaves() {
        ProxyMemory memory = ProxyMemory.forCache(256L << 20);

        assertThat(memory.buffersOption(544L << 20)).isEqualTo("-XX:MaxDirectMemorySize=64m");
        assertThat(memory.buffersOption(1024L << 20)).isEqualTo("-XX:MaxDirectMemorySize=544m");
        assertThat(memory.buffersOption(memory.leastBytes())).isEqualTo("-XX:MaxDirectMemorySize=32m");
    }

    private static ProxyRuntime running(String image) {
        return new ProxyRuntime(
                ProxySpec.ProxyForm.JVM, image, "native:1", "IfNotPresent", List.of(), "", Duration.ofSeconds(30));
    }

    private static String hash(String spec, ProxyRuntime runtime) {
        PageCachePolicy policy = Policies.shop(spec);
        ResolvedPolicy resolved = ResolvedPolicy.of(policy, ref -> Backend.service("web", ref));
        return new PolicyContext(policy, PlanCompiler.compile(resolved), runtime)
                .shape()
                .hash();
    }
}
