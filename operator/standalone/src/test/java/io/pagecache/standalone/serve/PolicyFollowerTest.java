package io.pagecache.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFollowerTest {
    private static final String POLICY = """
            apiVersion: pagecache.io/v1alpha1
            kind: PageCachePolicy
            metadata: { name: shop }
            spec:
              origin: { backendRef: { name: shop, port: 8080 } }
              bypass:
                clientIPs: [{ cidr: 10.0.0.0/8, expiresAt: "2026-12-01T00:00:00Z", purgeOnExpiry: true }]
            """;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T23:59:00Z"));
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    @Tag("seed:W43")
    @DisplayName("W43: the end of a bypass purges once")
    void shouldPurgeAtTheEndOfABypass() throws Exception {
        Path plan = Files.createDirectory(folder.resolve("plan"));
        PolicyFollower follower = follower(plan);
        assertThat(follower.begin(POLICY)).isTrue();

        follower.endBypasses();
        assertThat(follower.purges()).isZero();
        now.set(Instant.parse("2026-12-01T00:00:00Z"));
        follower.endBypasses();
        follower.endBypasses();

        assertThat(follower.purges()).isEqualTo(1);
        assertThat(plan.resolve("purges.json")).content().contains("bypass ended 2026-12-01T00:00:00Z");
    }

    @Test
    void shouldSayOnceWhichFileOfASecretIsMissing() throws Exception {
        PolicyFollower follower = follower(Files.createDirectory(folder.resolve("plan")));
        follower.begin(POLICY + """
                  pages:
                    values:
                      - { name: me, cookie: { name: me, encoding: JWT, secretRef: { name: jwt, key: secret } } }
                """);
        said.reset();

        follower.lookForReferences();
        follower.lookForReferences();
        Path secret = Files.createDirectories(folder.resolve("references/secret/jwt"));
        Files.writeString(secret.resolve("secret"), "0123456789abcdef0123456789abcdef");
        follower.lookForReferences();
        follower.lookForReferences();

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("spec.pages.values[0].cookie.secretRef: there is no readable file")
                                .contains("references/secret/jwt/secret: expected that of Secret jwt"),
                        line -> assertThat(line).isEqualTo("Every reference has its file"));
    }

    private PolicyFollower follower(Path plan) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Address anywhere = new Address("127.0.0.1", 0);
        ServeOptions options = new ServeOptions(
                folder.resolve("policy.yaml"),
                anywhere,
                anywhere,
                new LocalBackends(Map.of("shop", new Address("127.0.0.1", 18080))),
                new LocalReferences(folder.resolve("references")),
                null,
                List.of());
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        return new PolicyFollower(options, new PlanDirectory(plan), new Console(out, out), clock);
    }
}
