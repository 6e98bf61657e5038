package io.pagecache.e2e.demo;

import static io.pagecache.e2e.demo.PublishedSite.SOON;
import static io.pagecache.e2e.demo.PublishedSite.address;
import static io.pagecache.e2e.demo.PublishedSite.shows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.pagecache.e2e.Cluster;
import io.pagecache.e2e.KubernetesCluster;
import io.pagecache.e2e.actors.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Stories of people who publish, told with kubectl and HTTP: a real API server, the real operator, two real proxies. */
@KubernetesCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishingE2E {
    private static final String AUTHORS = """
            authors:
              editRequests: [{ methods: [POST], path: { type: Prefix, value: /edit } }]
              quietPeriod: %s
              minOthersQuiet: 1s
            """;

    private PublishedSite site;

    @BeforeAll
    void install(Cluster cluster) {
        site = PublishedSite.on(cluster, "PAGECACHE_OPERATOR_PURGES_DEADLINE=15s");
    }

    @Test
    @Tag("seed:W17")
    @DisplayName("annotation: every proxy has dropped the page when the status says Complete")
    void shouldPurgeByAnnotation() {
        site.applies("");
        site.isRead("Tides");
        site.edits("Tides", "purged by annotation");
        assertThat(site.proxies()).noneMatch(proxy -> shows(proxy, "Tides", "purged by annotation"));

        site.annotates("pagecache.io/purge=url:/wiki/Tides hard @story");

        await("the purge is complete")
                .atMost(SOON)
                .until(() -> site.status("{.status.purge.token} {.status.purge.state} {.status.purge.proxies}")
                        .equals("url:/wiki/Tides hard @story Complete 2/2"));
        assertThat(site.proxies()).allMatch(proxy -> shows(proxy, "Tides", "purged by annotation"));
    }

    @Test
    @Tag("seed:W31")
    @DisplayName("W31: kubectl wait on a PageCachePurge returns when every proxy has dropped the pages")
    void shouldLetAPipelineWaitForAPurge() {
        site.applies("");
        site.isRead("Semaphore");
        site.edits("Semaphore", "released by a pipeline");

        site.createsPurge("release-7", "tags: [article-Semaphore]", "Complete");

        assertThat(site.proxies()).allMatch(proxy -> shows(proxy, "Semaphore", "released by a pipeline"));
        assertThat(site.purge("release-7", "{.status.proxies[*].state}")).isEqualTo("Complete Complete");
    }

    @Test
    @Tag("seed:W35")
    @Tag("seed:W40")
    @Tag("seed:W42")
    @DisplayName("W35, W40, W42: an author sees the edit at once on both proxies; readers do together, later")
    void shouldCutOverForAllReadersAtOneInstant() {
        site.applies(AUTHORS.formatted("1h"));
        site.isRead("Fog_Signals");
        List<Pod> proxies = site.proxies();
        String[] author = {"Cookie", editsThrough(proxies.getFirst(), "Fog_Signals", "still a draft")};

        assertThat(proxies).allMatch(proxy -> shows(proxy, "Fog_Signals", "still a draft", author));
        assertThat(proxies).noneMatch(proxy -> shows(proxy, "Fog_Signals", "still a draft"));
        await("the status tells of the author")
                .atMost(SOON)
                .until(() -> site.status("{.status.authors.active}").equals("1"));
        site.applies(AUTHORS.formatted("5s"));
        Duration apart = timeBetweenCutOvers(proxies, "Fog_Signals", "still a draft");

        assertThat(apart).isLessThan(Duration.ofSeconds(5));
        await("the author is a reader again")
                .atMost(SOON)
                .until(() -> site.status("{.status.authors.active}").matches("0?"));
    }

    private static String editsThrough(Pod proxy, String article, String text) {
        try (Visitor editor = new Visitor(address(proxy))) {
            Visitor.Reply reply = editor.postForm("/edit/" + article, "text=" + text.replace(' ', '+'));
            assertThat(reply.status()).isEqualTo(303);
            assertThat(reply.setCookie()).startsWith("pagecache-author=");
            return reply.setCookie().substring(0, reply.setCookie().indexOf(';'));
        }
    }

    /** From the first new page of one proxy to the last old page of another; zero when no reader could tell. */
    private static Duration timeBetweenCutOvers(List<Pod> proxies, String article, String text) {
        Instant firstNew = Instant.MAX;
        Instant lastOld = Instant.MIN;
        Instant end = Instant.now().plus(SOON);
        for (int changed = 0; changed < proxies.size(); ) {
            assertThat(Instant.now()).as("the site has not cut over").isBefore(end);
            changed = 0;
            for (Pod proxy : proxies) {
                Instant asked = Instant.now();
                if (shows(proxy, article, text)) {
                    changed++;
                    firstNew = Instant.now().isBefore(firstNew) ? Instant.now() : firstNew;
                } else {
                    lastOld = asked;
                }
            }
        }
        return lastOld.isAfter(firstNew) ? Duration.between(firstNew, lastOld) : Duration.ZERO;
    }

    @Test
    @Tag("seed:W43")
    @DisplayName("W43: a bypass shows the site as it is; when it ends, everybody sees that, by one purge")
    void shouldPurgeWhenABypassEnds() {
        site.applies(bypassUntil(Instant.now().plus(Duration.ofHours(1))));
        site.isRead("Lighthouse");
        site.edits("Lighthouse", "tried out");
        String[] inside = {"X-Forwarded-For", "203.0.113.7"};
        assertThat(site.proxies()).allMatch(proxy -> shows(proxy, "Lighthouse", "tried out", inside));
        assertThat(site.proxies()).noneMatch(proxy -> shows(proxy, "Lighthouse", "tried out"));

        site.applies(bypassUntil(Instant.now().plus(Duration.ofSeconds(5))));

        await("readers see what was tried out")
                .atMost(SOON)
                .until(() -> site.proxies().stream().allMatch(proxy -> shows(proxy, "Lighthouse", "tried out")));
        try (Visitor insider = new Visitor(address(site.proxies().getFirst()))) {
            assertThat(insider.get("/wiki/Lighthouse", inside).cacheStatus()).doesNotContain("bypass");
        }
    }

    private static String bypassUntil(Instant end) {
        return "bypass: { clientIPs: [{ cidr: 203.0.113.0/24, expiresAt: \"%s\", purgeOnExpiry: true }] }\n"
                .formatted(end.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    @Test
    @Tag("seed:W32")
    @DisplayName("W32: each proxy fetches the pages on schedule, and the first reader gets a hit")
    void shouldWarmUpOnSchedule() {
        String url = site.installation().siteUrl();
        long before = site.installation().originRequests("/wiki/Beaufort_Scale");
        site.applies("warmUp: { site: '%s', urls: [/wiki/Beaufort_Scale], onStart: false, schedule: '* * * * *' }\n"
                .formatted(url));

        await("a scheduled run is done on both proxies")
                .atMost(SOON)
                .until(() -> site.status("{.status.warmUp.id}|{.status.warmUp.state}|{.status.warmUp.proxies}")
                        .matches("schedule [^|]*\\|Done\\|2/2"));

        try (Visitor reader = new Visitor(url)) {
            assertThat(reader.get("/wiki/Beaufort_Scale").isHit()).isTrue();
        }
        assertThat(site.installation().originRequests("/wiki/Beaufort_Scale") - before)
                .isEqualTo(2);
    }

    @Test
    @DisplayName("a proxy that stands still: the purge fails with its name, and nothing old is served when it goes on")
    void shouldReportAProxyThatIsCutOffAndCatchUp() throws Exception {
        site.applies("");
        site.isRead("Tides");
        Pod victim = site.proxies().getLast();
        site.edits("Tides", "published without it");

        try (Frozen frozen = Frozen.freeze(victim.getMetadata().getName())) {
            site.createsPurge("cut-off", "tags: [article-Tides]", "Failed");
        }

        String results = site.purge("cut-off", "{range .status.proxies[*]}{.name}={.state}={.message};{end}");
        assertThat(results)
                .containsPattern(victim.getMetadata().getName() + "=(Pending|Failed)=[^;]+;")
                .contains("=Complete=");
        assertThat(site.purge("cut-off", "{.status.conditions[?(@.type==\"Failed\")].message}"))
                .isNotEmpty();
        await("all proxies that are ready have caught up").atMost(SOON).untilAsserted(() -> {
            assertThat(site.status("{.status.proxies.summary} {.status.proxies.programmed}"))
                    .isEqualTo("2/2 2");
            assertThat(site.proxies()).hasSize(2).allMatch(proxy -> shows(proxy, "Tides", "published without it"));
        });
    }
}
