package io.pagecache.e2e.bench;

import io.pagecache.e2e.actors.Pagecache;
import io.pagecache.e2e.actors.Visitor;
import io.pagecache.e2e.process.ChildProcess;
import io.pagecache.wiki.WikiMain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./pagecache bench wiki}: 20, 1,000 and 10,000 readers ask one proxy at once for a page that takes six seconds to build, first
 * when nobody has asked for it yet, then again. Everything is on this machine.
 */
public final class WikiBenchmark {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String wiki;
    private final InetSocketAddress proxy;

    private WikiBenchmark(String wiki, InetSocketAddress proxy) {
        this.wiki = wiki;
        this.proxy = proxy;
    }

    /** @param built requests at the wiki for that page */
    record Row(int readers, boolean cold, long built, Crowd.Outcome outcome) {

        @Override
        public String toString() {
            return "| %,d | %s | %d | %d | %.2f s |"
                    .formatted(
                            readers,
                            cold ? "cold" : "warm",
                            built,
                            outcome.failed(),
                            outcome.took().toMillis() / 1000.0);
        }
    }

    public static void main(String[] arguments) throws Exception {
        List<Integer> crowds = arguments.length == 0
                ? List.of(20, 1000, 10_000)
                : List.of(arguments).stream().map(Integer::valueOf).toList();
        System.out.println("| readers at once | page | requests at the wiki | failed | all served after |");
        System.out.println("|---|---|---|---|---|");
        run(crowds, Duration.ofSeconds(6)).forEach(System.out::println);
    }

    static List<Row> run(List<Integer> crowds, Duration build) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pagecache-bench-wiki");
        int wikiPort = Pagecache.freePort();
        int proxyPort = Pagecache.freePort();
        try (ChildProcess wiki = startWiki(folder, wikiPort, build);
                ChildProcess serve = Pagecache.start(
                        folder,
                        "serve",
                        policy(folder).toString(),
                        "--port",
                        "" + proxyPort,
                        "--management-port",
                        "" + Pagecache.freePort(),
                        "--backend",
                        "wiki=127.0.0.1:" + wikiPort)) {
            awaitPage("http://127.0.0.1:" + wikiPort, wiki);
            awaitPage("http://127.0.0.1:" + proxyPort, serve);
            WikiBenchmark benchmark =
                    new WikiBenchmark("http://127.0.0.1:" + wikiPort, new InetSocketAddress("127.0.0.1", proxyPort));
            List<Row> rows = new ArrayList<>();
            for (int readers : crowds) {
                String page = "/wiki/Slow?crowd=" + readers;
                rows.add(benchmark.measure(readers, page, true));
                rows.add(benchmark.measure(readers, page, false));
            }
            return rows;
        }
    }

    private Row measure(int readers, String page, boolean cold) throws IOException {
        long before = built();
        Crowd.Outcome outcome = new Crowd(proxy, PATIENCE).asks(readers, page);
        return new Row(readers, cold, built() - before, outcome);
    }

    private long built() {
        try (Visitor visitor = new Visitor(wiki)) {
            Matcher count = Pattern.compile("\"/wiki/Slow\":(\\d+)")
                    .matcher(visitor.get("/origin-requests").body());
            return count.find() ? Long.parseLong(count.group(1)) : 0;
        }
    }

    private static Path policy(Path folder) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: pagecache.io/v1alpha1
                kind: PageCachePolicy
                metadata: { name: wiki }
                spec:
                  origin: { backendRef: { name: wiki, port: 8080 } }
                  defaults: { ttl: 1h, requestCookies: Strip }
                  proxy: { maxConnections: 20000 }
                """);
    }

    private static ChildProcess startWiki(Path folder, int port, Duration build) {
        return ChildProcess.start(
                "wiki",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WikiMain.class.getName(),
                        "--port",
                        "" + port,
                        "--slow-ms",
                        "" + build.toMillis()),
                Map.of("PATH", System.getenv("PATH")),
                folder.resolve("wiki.log"));
    }

    private static void awaitPage(String site, ChildProcess process) throws InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (Visitor visitor = new Visitor(site)) {
                if (visitor.get("/wiki/Tides").status() == 200) {
                    return;
                }
            } catch (AssertionError notYet) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        throw new IllegalStateException(site + " does not answer: " + process.logTail());
    }
}
