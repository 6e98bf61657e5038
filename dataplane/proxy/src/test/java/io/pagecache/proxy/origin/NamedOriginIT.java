package io.pagecache.proxy.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.http.Headers;
import io.pagecache.plan.Origin;
import io.pagecache.proxy.actors.HandClock;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.metrics.TrafficCounters;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedOriginIT {
    @TempDir
    Path directory;

    @Test
    @DisplayName("F4: an origin whose name cannot be resolved any more is reached where it was")
    void shouldReachAnOriginWhoseNameIsGone() throws Exception {
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 origin.example\n");
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(new AddressResolverOptions()
                        .setHostsPath(hosts.toString())
                        .setHostsRefreshPeriod(100)
                        .setServers(List.of("127.0.0.1:9"))
                        .setQueryTimeout(200)
                        .setMaxQueries(1)));
        try (ScriptedOrigin server = new ScriptedOrigin(vertx)) {
            SamplePlan plan = SamplePlan.plan();
            plan.originPort = server.port();
            Origin named = at("origin.example", plan.build().origin());
            HandClock clock = new HandClock();
            OriginClient client = new OriginClient(
                    vertx,
                    named,
                    new OriginAuthorities(null),
                    new OriginClient.Books(
                            new OriginHealth(), new TrafficCounters(clock.instant()), new Clocks(clock, clock)));
            assertThat(ask(client)).isEqualTo(200);

            Files.writeString(hosts, "127.0.0.1 elsewhere.example\n");

            // Longer than an address is trusted, and than the lookups that then fail.
            await().during(OriginAddress.TRUST.plusSeconds(2))
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(ask(client)).isEqualTo(200));
        } finally {
            Sync.get(vertx.close());
        }
    }

    private static Origin at(String host, Origin like) {
        return new Origin(
                like.scheme(),
                host,
                like.port(),
                like.hostHeader(),
                like.timeouts(),
                like.maxConnections(),
                like.retries(),
                like.unresolved(),
                like.tls());
    }

    private static int ask(OriginClient client) {
        OriginRequest request =
                OriginRequest.withoutBody("GET", "/page", Headers.of("Host", "a"), OriginRequest.Conditions.NONE);
        return switch (Sync.get(client.fetch(request))) {
            case OriginOutcome.Answered answered -> {
                answered.body().discard();
                yield answered.response().status();
            }
            case OriginOutcome.NotModified notModified -> 304;
            case OriginOutcome.Failed failed -> failed.failure().status();
        };
    }
}
