package io.pagecache.proxy.serve;

import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.coalesce.FetchCoalescer;
import io.pagecache.proxy.collect.CollectingMemory;
import io.pagecache.proxy.metrics.FragmentMeters;
import io.pagecache.reuse.ReuseDecider;
import io.pagecache.store.BoundedCaches;
import io.pagecache.store.PageStore;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The steps that {@link PageServer} puts in order. */
public record Stages(
        PassingServer passing, PageFetcher fetcher, Refresher refresher, PageReplies pages, FetchReplies fetched) {

    /**
     * What the steps share.
     *
     * @param memory for answers that are being collected
     * @param boundaries yields random texts of letters and digits, to part multipart bodies
     */
    public record Surroundings(
            Vertx vertx,
            PageStore store,
            BoundedCaches caches,
            FetchCoalescer coalescer,
            AuthorSessions authors,
            CollectingMemory memory,
            InstantSource clock,
            FragmentMeters fragments,
            Supplier<String> boundaries) {}

    /** Two ways to the store, one for readers and one for pages that nobody reads yet; and who says what readers would get. */
    public record Assembled(PageServer server, PageWarmer warmer, Explainer explainer) {}

    /** The whole way, ready for requests. */
    public static Assembled assemble(Surroundings with) {
        ReuseDecider reuse = new ReuseDecider();
        SearchVariances variances = new SearchVariances(with.caches());
        Decisions decisions = new Decisions(with.store(), reuse, with.authors(), variances, with.clock());
        FragmentLoader fragments = new FragmentLoader(with.vertx(), with.fragments(), with.clock());
        PageJoiner joiner = new PageJoiner(fragments);
        PageReplies pages = new PageReplies(joiner, with.clock(), with.boundaries());
        PageCollector collector = new PageCollector(with.vertx(), with.memory());
        PageFetcher fetcher = new PageFetcher(with.store(), collector, variances, with.clock());
        Stages stages = new Stages(
                new PassingServer(
                        with.store(),
                        variances,
                        with.authors(),
                        new PassedPages(collector, pages, with.clock()),
                        with.clock()),
                fetcher,
                new Refresher(with.store(), with.coalescer(), fetcher, with.caches(), with.clock()),
                pages,
                new FetchReplies(with.store(), reuse, pages, with.clock()));
        PageServer server = new PageServer(with.store(), decisions, with.coalescer(), stages);
        fragments.through(server);
        PageWarmer.Ways ways = new PageWarmer.Ways(with.coalescer(), fetcher, joiner);
        return new Assembled(server, new PageWarmer(with.store(), reuse, ways, with.clock()), new Explainer(decisions));
    }
}
