package io.pagecache.proxy.warm;

import io.pagecache.http.Headers;
import io.pagecache.plan.WarmUpOrder;
import io.pagecache.plan.WarmUpProgress;
import io.pagecache.plan.WarmUpProgress.State;
import io.pagecache.proxy.serve.Warmed;
import io.pagecache.store.StoredPage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One warm-up from {@code robots.txt} to the last page. All of it happens on one event loop; what is long to parse is parsed on a
 * worker. Pages are asked for at the order's rate, and no more than a few at a time: a slow origin slows the run instead of being
 * piled up with requests.
 */
final class WarmUpRun {
    private static final int MOST_AT_ONCE = 8;
    private static final int FAILURES_IN_A_ROW = 20;
    private static final int LARGEST_PAGE = 2 << 20;
    private static final long SHORTEST_TICK_MILLIS = 10;

    private final WarmUpOrder order;
    private final Vertx vertx;
    private final Context context;
    private final InstantSource clock;
    private final Site site;
    private final OwnVisits visits;
    private final Frontier frontier;
    private final Instant startedAt;

    private int underWay;
    private int done;
    private int failed;
    private int uncacheable;
    private int failuresInARow;
    private boolean reading = true;
    private double allowance;
    private long timer;
    private @Nullable String problem;
    private volatile WarmUpProgress progress;

    WarmUpRun(WarmUpOrder order, Vertx vertx, InstantSource clock, OwnVisits visits, Site site) {
        this.order = order;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.clock = clock;
        this.site = site;
        this.visits = visits;
        this.frontier = new Frontier(order);
        this.startedAt = clock.instant();
        this.progress = new WarmUpProgress(order.id(), State.RUNNING, 0, 0, 0, 0, startedAt, null, null);
    }

    WarmUpProgress progress() {
        return progress;
    }

    void start() {
        context.runOnContext(go -> {
            long tick = Math.max(SHORTEST_TICK_MILLIS, 1000 / order.ratePerSecond());
            timer = vertx.setPeriodic(tick, fired -> tick(tick));
            visits.read("/robots.txt")
                    .compose(this::rules)
                    .onSuccess(robots -> frontier.allow(robots::allows))
                    .onFailure(unreachable -> problem = "robots.txt could not be read: nothing is fetched")
                    .onComplete(known -> seed(known.succeeded()));
        });
    }

    void cancel() {
        context.runOnContext(stop -> end(State.CANCELLED));
    }

    private Future<Robots> rules(OwnVisits.Answer answer) {
        return answer.status() >= 500
                ? Future.failedFuture(new IOException("answered with status " + answer.status()))
                : Future.succeededFuture(Robots.read(site, answer.status(), answer.body()));
    }

    /** A site whose rules cannot be had must be taken for one that forbids everything (RFC 9309 section 2.3.1.4). */
    private void seed(boolean rulesKnown) {
        if (!rulesKnown) {
            end(State.FAILED);
            return;
        }
        order.urls().forEach(url -> frontier.offer(url, 0));
        WarmUpOrder.Crawl crawl = order.crawl();
        if (crawl != null) {
            frontier.offer(crawl.start(), crawl.depth());
        }
        String sitemap = order.sitemap();
        if (sitemap == null) {
            reading = false;
            report(State.RUNNING);
            return;
        }
        new SitemapReader(vertx, site, visits, target -> frontier.offer(target, 0))
                .read(sitemap)
                .onFailure(cause -> problem = "sitemap %s: %s".formatted(sitemap, cause.getMessage()))
                .onComplete(read -> {
                    reading = false;
                    report(State.RUNNING);
                });
    }

    private void tick(long millis) {
        if (progress.state() != State.RUNNING) {
            return;
        }
        allowance = Math.min(MOST_AT_ONCE, allowance + order.ratePerSecond() * millis / 1000.0);
        while (allowance >= 1 && underWay < MOST_AT_ONCE && !frontier.isEmpty()) {
            allowance -= 1;
            fetch(frontier.next());
        }
        if (frontier.isEmpty() && underWay == 0 && !reading) {
            end(State.DONE);
        }
    }

    private void fetch(Frontier.@Nullable Page page) {
        if (page == null) {
            return;
        }
        underWay++;
        Future.succeededFuture(page)
                .compose(next -> visits.warm(next.target(), next.variant()))
                .compose(warmed -> take(page, warmed))
                .onFailure(bug -> failed++)
                .onComplete(taken -> {
                    underWay--;
                    report(State.RUNNING);
                    if (failuresInARow >= FAILURES_IN_A_ROW) {
                        problem = "the origin failed %d times in a row".formatted(failuresInARow);
                        end(State.FAILED);
                    }
                });
    }

    private Future<Void> take(Frontier.Page page, Warmed warmed) {
        switch (warmed) {
            case Warmed.Failed lost -> {
                failed++;
                failuresInARow++;
            }
            case Warmed.NotKept unkept -> {
                done++;
                uncacheable++;
                failuresInARow = 0;
            }
            case Warmed.Kept(var stored) -> {
                done++;
                failuresInARow = 0;
                return page.depth() > 0 ? follow(page, stored) : Future.succeededFuture();
            }
        }
        return Future.succeededFuture();
    }

    private Future<Void> follow(Frontier.Page page, StoredPage stored) {
        String location = stored.headers().first("Location");
        if (stored.status() / 100 == 3 && location != null) {
            String target = site.targetOf(location, page.target());
            if (target != null) {
                frontier.offer(target, page.depth());
            }
            return Future.succeededFuture();
        }
        if (!isReadableHtml(stored)) {
            return Future.succeededFuture();
        }
        byte[] html = stored.body().toArray();
        String charset = charset(stored.headers());
        return vertx.executeBlocking(() -> PageLinks.in(html, charset, site, page.target()), false)
                .map(links -> offer(links, page.depth() - 1));
    }

    private @Nullable Void offer(List<String> links, int depth) {
        links.forEach(link -> frontier.offer(link, depth));
        return null;
    }

    private static boolean isReadableHtml(StoredPage page) {
        String type = page.headers().first("Content-Type");
        return page.status() == 200
                && type != null
                && type.toLowerCase(Locale.ROOT).contains("html")
                && page.body().length() <= LARGEST_PAGE
                && (!page.headers().contains("Content-Encoding") || page.gzip() != null);
    }

    private static @Nullable String charset(Headers headers) {
        String type = headers.first("Content-Type");
        int at = type == null ? -1 : type.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (type == null || at < 0) {
            return null;
        }
        String rest = type.substring(at + "charset=".length()).replace("\"", "").strip();
        int end = rest.indexOf(';');
        return end < 0 ? rest : rest.substring(0, end).strip();
    }

    private void report(State state) {
        if (progress.state() == State.RUNNING) {
            String limit =
                    frontier.isFull() ? "more than %d pages: the rest is left out".formatted(order.maxPages()) : null;
            progress = new WarmUpProgress(
                    order.id(),
                    state,
                    done,
                    frontier.total(),
                    failed,
                    uncacheable,
                    startedAt,
                    state == State.RUNNING ? null : clock.instant(),
                    problem == null ? limit : problem);
        }
    }

    private void end(State state) {
        vertx.cancelTimer(timer);
        report(state);
    }
}
