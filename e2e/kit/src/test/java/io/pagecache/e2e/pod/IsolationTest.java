package io.pagecache.e2e.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IsolationTest {
    private static final List<Mount> MOUNTS = List.of(
            new Mount(Path.of("/v/config"), "/etc/app", true), new Mount(Path.of("/v/tls"), "/etc/app/tls", true));

    @Test
    void shouldRewriteMountPathsWhereNothingCanBeMounted() {
        Isolation.Launch launch = Isolation.rewritten(
                List.of("run", "--config=/etc/app/a.yaml", "/etc/app", "/etc/application", "x/etc/app"),
                Map.of("CERTIFICATE", "file:/etc/app/tls/tls.crt,/etc/app/b"),
                MOUNTS);

        assertThat(launch.command())
                .containsExactly("run", "--config=/v/config/a.yaml", "/v/config", "/etc/application", "x/etc/app");
        assertThat(launch.environment()).containsEntry("CERTIFICATE", "file:/v/tls/tls.crt,/v/config/b");
    }
}
