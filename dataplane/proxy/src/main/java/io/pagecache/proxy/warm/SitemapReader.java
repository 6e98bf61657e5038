package io.pagecache.proxy.warm;

import io.pagecache.proxy.serve.Gzip;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/** Reads a sitemap and those it names, one after the other. */
final class SitemapReader {
    /** A protocol that allows 50,000 sitemaps in an index needs a bound of its own. */
    private static final int MOST_SITEMAPS = 500;

    /** The protocol's own bound of an inflated sitemap. */
    private static final long LARGEST = 50L << 20;

    private final Vertx vertx;
    private final Site site;
    private final OwnVisits visits;
    private final Consumer<String> found;
    private final Queue<String> waiting = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();

    /** @param found gets path and query of each page on the site */
    SitemapReader(Vertx vertx, Site site, OwnVisits visits, Consumer<String> found) {
        this.vertx = vertx;
        this.site = site;
        this.visits = visits;
        this.found = found;
    }

    /** Fails when the first sitemap cannot be read; a broken one further down is passed over. */
    Future<Void> read(String first) {
        seen.add(first);
        return readOne(first).compose(read -> readRest());
    }

    private Future<Void> readRest() {
        String next = waiting.poll();
        if (next == null) {
            return Future.succeededFuture();
        }
        return readOne(next).otherwiseEmpty().compose(read -> readRest());
    }

    private Future<Void> readOne(String target) {
        return visits.read(target)
                .compose(answer -> answer.status() == 200
                        ? vertx.executeBlocking(() -> parse(answer.body()), false)
                        : Future.failedFuture(new IOException("answered with status " + answer.status())))
                .map(sitemap -> {
                    take(sitemap, target);
                    return null;
                });
    }

    private static Sitemap parse(byte[] body) throws IOException {
        boolean zipped = body.length > 2 && body[0] == 0x1f && (body[1] & 0xff) == 0x8b;
        byte[] text = zipped ? Gzip.decompress(body, LARGEST) : body;
        if (text == null) {
            throw new IOException("is not gzip, or grows beyond all measure");
        }
        return Sitemap.read(new String(text, StandardCharsets.UTF_8));
    }

    private void take(Sitemap sitemap, String from) {
        for (String page : sitemap.pages()) {
            String target = site.targetOf(page, from);
            if (target != null) {
                found.accept(target);
            }
        }
        for (String other : sitemap.sitemaps()) {
            String target = site.targetOf(other, from);
            if (target != null && seen.size() < MOST_SITEMAPS && seen.add(target)) {
                waiting.add(target);
            }
        }
    }
}
