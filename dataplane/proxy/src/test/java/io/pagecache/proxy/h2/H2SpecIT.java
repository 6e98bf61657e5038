package io.pagecache.proxy.h2;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Listener;
import io.pagecache.proxy.actors.CertificateMaker;
import io.pagecache.proxy.actors.CertificateMaker.Algorithm;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All 145 cases of h2spec 2.2.0 against the proxy as it runs in a pod. */
class H2SpecIT {
    private static final int ALL = 145;

    @TempDir
    Path directory;

    @BeforeEach
    void needsItsBinary() {
        Assumptions.assumeTrue(H2Spec.runsHere(), "h2spec's binary is for Linux on amd64");
    }

    private static SamplePlan plan() {
        SamplePlan plan = SamplePlan.plan();
        plan.listener = new Listener(Listener.Http2.ALWAYS, Listener.ProxyProtocol.NEVER, 1000);
        return plan;
    }

    @Test
    @DisplayName("h2spec 145/145 over TLS")
    void shouldConformOverTls() throws Exception {
        CertificateMaker.make(Algorithm.EC, "127.0.0.1", "localhost")
                .into(Files.createDirectories(directory.resolve("certificates")).resolve("site"));
        try (Stage stage = new Stage(directory, plan())) {
            H2Spec.Report report =
                    new H2Spec(directory).run(stage.proxy.dataplane().tlsPort(), "--tls", "--insecure");

            assertThat(report.failures()).isEmpty();
            assertThat(report.cases()).isEqualTo(ALL);
        }
    }

    @Test
    @DisplayName("h2spec 145/145 in clear text")
    void shouldConformInClearText() throws Exception {
        try (Stage stage = new Stage(directory, plan())) {
            H2Spec.Report report = new H2Spec(directory).run(stage.proxy.port());

            assertThat(report.failures()).isEmpty();
            assertThat(report.cases()).isEqualTo(ALL);
        }
    }
}
