package io.pagecache.e2e.demo;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.pagecache.e2e.actors.Kubectl;
import io.pagecache.e2e.actors.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a team sees that puts Pagecache in front of its wiki, from the first apply to the last delete. Each step acts as a user
 * would (kubectl, HTTP) and checks what it saw.
 */
public final class Story {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String POLICY = "wiki";

    private final Installation installation;
    private final Narrator narrator;
    private final Kubectl kubectl;

    Story(Installation installation, Narrator narrator) {
        this.installation = installation;
        this.narrator = narrator;
        this.kubectl = installation.kubectl();
    }

    /** Everything up to a site that is served from cache: where the demo stops to be looked at. */
    void setUp() throws Exception {
        narrator.step("helm install pagecache: CRDs, operator, RBAC", () -> {
            installation.installOperator();
            await("the operator's Deployment is available").atMost(SOON).until(installation::operatorIsAvailable);
            return "the operator is available";
        });
        narrator.step("kubectl apply: the wiki, an ordinary Deployment and Service", () -> {
            kubectl.apply(installation.wikiManifest());
            await("the wiki is available").atMost(SOON).until(() -> installation.isAvailable("wiki"));
            return "the wiki answers at " + installation.wikiUrl();
        });
        Path memcached = installation.memcachedManifest();
        if (memcached != null) {
            narrator.step("kubectl apply: memcached, for the number of views", () -> {
                kubectl.apply(memcached);
                await("memcached is available").atMost(SOON).until(() -> installation.isAvailable("memcached"));
                return "memcached is available";
            });
        }
        narrator.step("kubectl apply -f policy.yaml", () -> {
            kubectl.apply(installation.policyFile());
            return kubectl.run("get", "pcp", POLICY, "--no-headers", "-o", "custom-columns=NAME:.metadata.name");
        });
        narrator.step("the policy becomes Ready with 2 of 2 proxies", () -> {
            awaitReady();
            return kubectl.run("get", "pcp", POLICY, "--no-headers");
        });
    }

    void tell() throws Exception {
        setUp();
        try (Visitor reader = new Visitor(installation.siteUrl())) {
            caching(reader);
            new LivelyPages(installation, narrator, reader).tell();
            bypass(reader);
            purge(reader);
            faults(reader);
        }
        statistics();
        removal();
    }

    private void caching(Visitor reader) throws Exception {
        narrator.step("the first GET is a miss, the next are hits", () -> {
            Visitor.Reply first = reader.get("/wiki/Lighthouse");
            check(first.status() == 200 && !first.isHit(), "a miss was expected first", first);
            Visitor.Reply second = reader.get("/wiki/Lighthouse");
            check(
                    second.isHit() && withoutViews(second).equals(withoutViews(first)),
                    "a hit with the same bytes but for the number of views was expected",
                    second);
            return first.cacheStatus() + "  then  " + second.cacheStatus();
        });
        narrator.step("200 readers ask one proxy at once for a page nobody has asked for yet", () -> {
            long before = installation.originRequests("/wiki/Slow");
            try (Visitor crowd = new Visitor(installation.proxyUrls().getFirst())) {
                List<Visitor.Reply> replies = crowd.getAtOnce(200, "/wiki/Slow");
                check(
                        replies.stream().allMatch(r -> r.status() == 200),
                        "200 answers with status 200 were expected",
                        replies.getFirst());
            }
            long asked = installation.originRequests("/wiki/Slow") - before;
            check(asked == 1, "1 request at the origin was expected, not " + asked);
            return "200 answers, 1 request at the origin";
        });
    }

    private static String withoutViews(Visitor.Reply reply) {
        return reply.body().replaceAll("id=\"views\">[^<]*<", "");
    }

    private void bypass(Visitor reader) throws Exception {
        narrator.step("a client of the bypass network sees the page as it is now", () -> {
            Visitor.Reply inside = reader.get("/wiki/Lighthouse", "X-Forwarded-For", "203.0.113.7");
            check(
                    inside.status() == 200 && inside.cacheStatus().contains("fwd=bypass"),
                    "fwd=bypass was expected",
                    inside);
            check(reader.get("/wiki/Lighthouse").isHit(), "other readers should still get hits");
            return inside.cacheStatus();
        });
    }

    private void purge(Visitor reader) throws Exception {
        narrator.step("an edit stays unseen until kubectl annotate pcp purges the page on every proxy", () -> {
            installation.editWikiPage("Lighthouse", "A sentence that nobody has read before.");
            check(
                    !reader.get("/wiki/Lighthouse").body().contains("nobody has read"),
                    "the cached page was expected before the purge");
            String token = annotatePurge("url:/wiki/Lighthouse hard @edit-1");
            awaitPurged(token);
            check(
                    reader.get("/wiki/Lighthouse").body().contains("nobody has read"),
                    "the edit was expected after the purge");
            return "purge %s by %s proxies; the next GET is the new page"
                    .formatted(purgeStatus("state"), purgeStatus("proxies"));
        });
    }

    private void faults(Visitor reader) throws Exception {
        narrator.step("a proxy is killed: another takes its place and knows the purges", () -> {
            Set<String> before = proxyNames();
            kubectl.run("delete", "pod", before.iterator().next(), "--grace-period=0", "--force");
            await("a new proxy is ready")
                    .atMost(SOON)
                    .until(() -> !before.equals(proxyNames()) && proxyNames().size() == 2);
            awaitReady();
            check(reader.get("/wiki/Lighthouse").status() == 200, "the site should be served");
            Set<String> after = new HashSet<>(proxyNames());
            after.removeAll(before);
            return "new proxy " + after;
        });
        narrator.step(
                "the operator is killed: proxies serve on; a purge annotated meanwhile is done when it is back", () -> {
                    installation.stopOperator();
                    reader.get("/wiki/Lighthouse");
                    check(reader.get("/wiki/Lighthouse").isHit(), "hits were expected without the operator");
                    installation.editWikiPage("Lighthouse", "Written while the operator was away.");
                    String token = annotatePurge("url:/wiki/Lighthouse hard @edit-2");
                    check(!token.equals(purgeStatus("token")), "nobody should have handled the purge yet");
                    installation.startOperator();
                    awaitPurged(token);
                    check(
                            reader.get("/wiki/Lighthouse").body().contains("while the operator was away"),
                            "the edit was expected");
                    return "purge %s by %s proxies after the operator's return"
                            .formatted(purgeStatus("state"), purgeStatus("proxies"));
                });
    }

    private void statistics() throws Exception {
        narrator.step("kubectl get pcp shows the hit ratio", () -> {
            await("statistics arrive in the status")
                    .atMost(SOON)
                    .until(() -> field("{.status.stats.hitRatio}").endsWith("%"));
            return "as everybody sees it\n" + kubectl.run("get", "pcp").indent(9);
        });
    }

    private void removal() throws Exception {
        narrator.step("kubectl delete pcp takes everything it made with it", () -> {
            kubectl.run("delete", "pcp", POLICY);
            await("the policy's objects are gone")
                    .atMost(SOON)
                    .until(() -> children().isEmpty());
            return "no Deployment, Service, ConfigMap, Secret, ServiceAccount, PodDisruptionBudget or Pod is left";
        });
    }

    private String annotatePurge(String value) {
        kubectl.run("annotate", "--overwrite", "pcp", POLICY, "pagecache.io/purge=" + value);
        return value;
    }

    private void awaitPurged(String token) {
        await("purge '%s' is acknowledged".formatted(token))
                .atMost(SOON)
                .until(() -> token.equals(purgeStatus("token")) && "Complete".equals(purgeStatus("state")));
    }

    private String purgeStatus(String field) {
        return field("{.status.purge." + field + "}");
    }

    private String field(String jsonPath) {
        return kubectl.run("get", "pcp", POLICY, "-o", "jsonpath=" + jsonPath);
    }

    private void awaitReady() {
        await("2 of 2 proxies are ready and run the plan")
                .atMost(SOON)
                .until(
                        () -> "2 2 True"
                                .equals(
                                        field(
                                                "{.status.proxies.ready} {.status.proxies.programmed} {.status.conditions[?(@.type==\"Ready\")].status}")));
    }

    private Set<String> proxyNames() {
        return installation.proxyPods().stream()
                .map(Pod::getMetadata)
                .filter(meta -> meta.getDeletionTimestamp() == null)
                .map(meta -> meta.getName())
                .collect(Collectors.toSet());
    }

    private String children() {
        return kubectl.run(
                "get",
                "deployments,services,configmaps,secrets,serviceaccounts,poddisruptionbudgets,pods",
                "--selector",
                "pagecache.io/policy=" + POLICY,
                "--output",
                "name");
    }

    private static void check(boolean held, String expectation) {
        if (!held) {
            throw new AssertionError(expectation);
        }
    }

    static void check(boolean held, String expectation, Visitor.Reply seen) {
        if (!held) {
            throw new AssertionError(
                    "%s; seen: status %d, Cache-Status '%s'".formatted(expectation, seen.status(), seen.cacheStatus()));
        }
    }
}
