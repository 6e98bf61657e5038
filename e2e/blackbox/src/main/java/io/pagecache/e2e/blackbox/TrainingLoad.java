package io.pagecache.e2e.blackbox;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Answer;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What a proxy meets in a day, in seconds: misses, hits of every kind, personal pages, purges, plans, probes. */
final class TrainingLoad implements AutoCloseable {
    private static final int PAGES = 400;
    private static final int ROUNDS = 30;
    private static final int AT_ONCE = 20;
    private static final String HTML = "text/html; charset=utf-8";

    private final ScriptedOrigin origin = new ScriptedOrigin();

    TrainingLoad() {
        String text = "<p>All work and no play makes a page.</p>".repeat(200);
        origin.otherwise((turn, request) -> Answer.text(text, "Content-Type", HTML, "Surrogate-Key", "a b"));
        origin.on(
                "/personal",
                (turn, request) -> Answer.text(
                        "<!--pc:get user \"guest\"--> <!--pc:element greeting-->" + text, "Content-Type", HTML));
        origin.on("/session", (turn, request) -> Answer.text("{\"name\":\"Ann\"}", "Content-Type", "application/json"));
    }

    CachePlan firstPlan() {
        return new SitePlan(origin.port()).plan("r1");
    }

    void on(ProxyProcess proxy) {
        try (Visitor visitor = new Visitor(proxy.url())) {
            visit(visitor);
            proxy.management().push(new SitePlan(origin.port(), true).plan("r2"));
            visit(visitor);
            purge(proxy);
            visitor.each(paths());
        }
        proxy.management().get("/q/metrics");
        proxy.management().stats();
        proxy.management().state();
    }

    private static void visit(Visitor visitor) {
        for (int first = 0; first < PAGES; first += AT_ONCE) {
            visitor.each(Stream.iterate(first, page -> page + 1).limit(AT_ONCE).map(page -> "/pages/" + page));
        }
        for (int round = 0; round < ROUNDS; round++) {
            visitor.each(paths());
            String etag = visitor.get("/pages/1").field("ETag");
            visitor.get("/pages/1", "Accept-Encoding", "gzip");
            visitor.get("/pages/1", "If-None-Match", etag);
            visitor.get("/pages/1", "Range", "bytes=0-99");
            visitor.get("/personal?theme=dark", "Cookie", "user=Ann; sid=" + round);
            visitor.get("/account/" + round, "Accept-Language", "de, en;q=0.5");
            visitor.send("HEAD", "/pages/2", "");
            visitor.send("POST", "/account/form", "name=Ann");
        }
    }

    private static Stream<String> paths() {
        return Stream.iterate(0, page -> page + 1).limit(100).map(page -> "/pages/" + page % AT_ONCE);
    }

    private static void purge(ProxyProcess proxy) {
        PurgeLedger ledger = PurgeLedger.EMPTY
                .append("@1", PurgeMode.SOFT, List.of(new PurgeScope.Tag("a")), Instant.now())
                .append("@2", PurgeMode.HARD, List.of(new PurgeScope.Prefix("/pages/1")), Instant.now());
        proxy.management().push(ledger);
    }

    @Override
    public void close() {
        origin.close();
    }
}
