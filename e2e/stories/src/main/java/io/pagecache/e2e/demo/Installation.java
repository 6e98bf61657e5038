package io.pagecache.e2e.demo;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.e2e.Cluster;
import io.pagecache.e2e.actors.Helm;
import io.pagecache.e2e.actors.Kubectl;
import io.pagecache.e2e.actors.Visitor;
import io.pagecache.e2e.pod.ContainerImage;
import io.pagecache.e2e.process.Tool;
import io.pagecache.wiki.WikiMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pagecache and the demo wiki on a cluster of their own: what the story acts on. */
public final class Installation implements AutoCloseable {
    private static final String OPERATOR_NAMESPACE = "pagecache-system";
    private static final String OPERATOR = "pagecache-operator";
    private static final String POLICY = "wiki";
    private static final int PROXY_PORT = 8080;

    private final Path root;
    private final Cluster cluster;
    private final String namespace;

    private Installation(Path root, Cluster cluster, String namespace) {
        this.root = root;
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /** Brings up a cluster of its own, which ends with the installation. */
    public static Installation start() {
        Cluster cluster = Cluster.start();
        try {
            return on(cluster);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Uses this cluster with our images; the system property {@code pagecache.root} names the checkout. */
    public static Installation on(Cluster cluster) {
        Path root = Path.of(System.getProperty("pagecache.root", "."))
                .toAbsolutePath()
                .normalize();
        cluster.images()
                .add("pagecache-operator", jar(root.resolve("operator/app")))
                .add("pagecache-proxy", jar(root.resolve("dataplane/proxy")))
                .add("pagecache-wiki", ContainerImage.java(WikiMain.class, "-Xmx64m"))
                .add("memcached", ContainerImage.command("memcached"));
        return new Installation(root, cluster, cluster.createNamespace("web"));
    }

    /** Uses this cluster with the images that are given, by their names. */
    public static Installation on(Cluster cluster, Map<String, ContainerImage> images) {
        images.forEach((name, image) -> cluster.images()
                .add(
                        name,
                        image.with("PAGECACHE_HTTP_HOST", "$(POD_IP)").with("PAGECACHE_MANAGEMENT_HOST", "$(POD_IP)")));
        cluster.images()
                .add("pagecache-wiki", ContainerImage.java(WikiMain.class, "-Xmx64m"))
                .add("memcached", ContainerImage.command("memcached"));
        Path root = Path.of(System.getProperty("pagecache.root", "."))
                .toAbsolutePath()
                .normalize();
        return new Installation(root, cluster, cluster.createNamespace("web"));
    }

    private static ContainerImage jar(Path module) {
        Path jar = module.resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run ./pagecache build");
        }
        return ContainerImage.jar(jar, "@" + module.resolve("src/main/image/java.options"), "-Xmx256m")
                .with("PAGECACHE_HTTP_HOST", "$(POD_IP)")
                .with("PAGECACHE_MANAGEMENT_HOST", "$(POD_IP)");
    }

    Kubectl kubectl() {
        return new Kubectl(cluster.controlPlane(), namespace);
    }

    Cluster cluster() {
        return cluster;
    }

    void installOperator() {
        new Helm(cluster.controlPlane().kubeconfig())
                .install("pagecache", root.resolve("helm/target/chart/pagecache"), OPERATOR_NAMESPACE);
    }

    /** Changes settings of the operator, {@code NAME=value} each. */
    void setOperator(String... settings) {
        List<String> command = new ArrayList<>(List.of("set", "env", "deployment/" + OPERATOR));
        command.addAll(List.of(settings));
        Kubectl system = new Kubectl(cluster.controlPlane(), OPERATOR_NAMESPACE);
        system.run(command.toArray(String[]::new));
        system.run("rollout", "status", "deployment/" + OPERATOR, "--timeout=110s");
    }

    boolean operatorIsAvailable() {
        return isAvailable(OPERATOR_NAMESPACE, OPERATOR);
    }

    /** Takes the operator away at once, as a lost node would. */
    void stopOperator() {
        Kubectl system = new Kubectl(cluster.controlPlane(), OPERATOR_NAMESPACE);
        system.run("scale", "deployment", OPERATOR, "--replicas=0");
        system.run(
                "delete",
                "pods",
                "--selector",
                "app.kubernetes.io/name=pagecache-operator",
                "--grace-period=0",
                "--force");
    }

    void startOperator() {
        new Kubectl(cluster.controlPlane(), OPERATOR_NAMESPACE).run("scale", "deployment", OPERATOR, "--replicas=1");
    }

    boolean isAvailable(String deployment) {
        return isAvailable(namespace, deployment);
    }

    private boolean isAvailable(String inNamespace, String name) {
        Deployment deployment = client().apps()
                .deployments()
                .inNamespace(inNamespace)
                .withName(name)
                .get();
        Integer available = deployment == null ? null : deployment.getStatus().getAvailableReplicas();
        return available != null && available.equals(deployment.getSpec().getReplicas());
    }

    Path policyFile() {
        return root.resolve("e2e/wiki/policy.yaml");
    }

    Path wikiManifest() {
        return root.resolve("e2e/wiki/kubernetes.yaml");
    }

    /** Null where there is no memcached to run: then articles show no count. */
    @Nullable
    Path memcachedManifest() {
        return Tool.works("memcached", "--version") ? root.resolve("e2e/wiki/memcached.yaml") : null;
    }

    /** Where readers meet the site: the proxies' Service. */
    String siteUrl() {
        return cluster.address(namespace, POLICY + "-pagecache", 80).http("").toString();
    }

    /** The origin itself, around the cache. */
    String wikiUrl() {
        return cluster.address(namespace, "wiki", 8080).http("").toString();
    }

    List<Pod> proxyPods() {
        return client().pods()
                .inNamespace(namespace)
                .withLabel("pagecache.io/policy", POLICY)
                .list()
                .getItems();
    }

    /** The data port of each proxy pod. */
    List<String> proxyUrls() {
        return proxyPods().stream()
                .filter(pod -> pod.getStatus().getPodIP() != null)
                .map(pod -> "http://" + pod.getStatus().getPodIP() + ":" + PROXY_PORT)
                .toList();
    }

    /** How often the wiki was asked for this path. */
    long originRequests(String path) {
        try (Visitor visitor = new Visitor(wikiUrl())) {
            String counts = visitor.get("/origin-requests").body();
            Matcher count = Pattern.compile(Pattern.quote("\"" + path + "\"") + "\\s*:\\s*(\\d+)")
                    .matcher(counts);
            return count.find() ? Long.parseLong(count.group(1)) : 0;
        }
    }

    /** An edit that the cache does not see: straight to the wiki. */
    void editWikiPage(String article, String text) {
        try (Visitor editor = new Visitor(wikiUrl())) {
            Visitor.Reply reply = editor.postForm("/edit/" + article, "text=" + text.replace(' ', '+'));
            if (reply.status() != 303) {
                throw new AssertionError("the wiki answered an edit with " + reply.status() + ", not 303");
            }
        }
    }

    String invitation() {
        return """

                The site, served by the proxies:  %s/
                The same without a cache:         %s/

                Try, in another terminal:
                  curl -si %s/wiki/Lighthouse | grep -i cache-status    # again: each of the two proxies has a cache of its own
                  alias k='%s --namespace %s'
                  k get pcp
                  k annotate --overwrite pcp wiki pagecache.io/purge="prefix:/wiki/ @$(date +%%s)"
                  k get pcp wiki -o yaml
                  k get events --field-selector involvedObject.kind=PageCachePolicy

                Ctrl-C ends the demo and removes everything but its logs.""".formatted(
                        siteUrl(),
                        wikiUrl(),
                        siteUrl(),
                        String.join(" ", cluster.controlPlane().kubectl()),
                        namespace);
    }

    private KubernetesClient client() {
        return cluster.client();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
