package io.pagecache.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.pagecache.e2e.Cluster;
import io.pagecache.e2e.actors.Kubectl;
import io.pagecache.e2e.actors.Visitor;
import java.time.Duration;
import java.util.List;

/** The demo wiki behind two real proxies that a real operator runs, and those who publish on it. */
final class PublishedSite {
    static final Duration SOON = Duration.ofMinutes(3);
    private static final String POLICY = "wiki";

    private final Installation installation;
    private final Kubectl kubectl;

    private PublishedSite(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    /** @param settings environment of the operator */
    static PublishedSite on(Cluster cluster, String... settings) {
        Installation installation = Installation.on(cluster);
        installation.installOperator();
        installation.setOperator(settings);
        PublishedSite site = new PublishedSite(installation);
        site.kubectl.apply(installation.wikiManifest());
        await("operator and wiki are available")
                .atMost(SOON)
                .until(() -> installation.operatorIsAvailable() && installation.isAvailable("wiki"));
        return site;
    }

    Installation installation() {
        return installation;
    }

    /** @param more fields of the spec, as lines without indentation */
    void applies(String more) {
        kubectl.applyText("""
                apiVersion: pagecache.io/v1alpha1
                kind: PageCachePolicy
                metadata: { name: wiki }
                spec:
                  origin: { backendRef: { name: wiki, port: 8080 } }
                  defaults: { ttl: 24h, requestCookies: Strip }
                  rules:
                    - { name: editing, match: { path: { type: Prefix, value: /edit } }, cache: Never }
                  proxy: { replicas: 2, cacheSize: 64Mi, trustedProxies: [127.0.0.0/8] }
                """ + more.indent(2));
        await("2 of 2 proxies are ready and run the policy")
                .atMost(SOON)
                .until(() -> status("{.metadata.generation} {.status.proxies.summary} {.status.proxies.programmed}")
                        .equals(status("{.status.observedGeneration}") + " 2/2 2"));
    }

    String status(String jsonPath) {
        return kubectl.run("get", "pcp", POLICY, "-o", "jsonpath=" + jsonPath);
    }

    void annotates(String annotation) {
        kubectl.run("annotate", "--overwrite", "pcp", POLICY, annotation);
    }

    /** @param condition that {@code kubectl wait} waits for */
    void createsPurge(String name, String scopes, String condition) {
        kubectl.applyText("""
                apiVersion: pagecache.io/v1alpha1
                kind: PageCachePurge
                metadata: { name: %s }
                spec: { policyRef: { name: wiki }, scopes: { %s } }
                """.formatted(name, scopes));
        kubectl.run("wait", "--for=condition=" + condition, "pcpurge/" + name, "--timeout=110s");
    }

    String purge(String name, String jsonPath) {
        return kubectl.run("get", "pcpurge", name, "-o", "jsonpath=" + jsonPath);
    }

    List<Pod> proxies() {
        return installation.proxyPods();
    }

    static String address(Pod proxy) {
        return "http://" + proxy.getStatus().getPodIP() + ":8080";
    }

    /** An edit that no proxy sees. */
    void edits(String article, String text) {
        installation.editWikiPage(article, text);
    }

    /** Readers of both proxies have seen the page: it is in both stores. */
    void isRead(String article) {
        for (Pod proxy : proxies()) {
            try (Visitor reader = new Visitor(address(proxy))) {
                reader.get("/wiki/" + article);
                assertThat(reader.get("/wiki/" + article).isHit()).isTrue();
            }
        }
    }

    static boolean shows(Pod proxy, String article, String text, String... headers) {
        try (Visitor reader = new Visitor(address(proxy))) {
            return reader.get("/wiki/" + article, headers).body().contains(text);
        }
    }
}
