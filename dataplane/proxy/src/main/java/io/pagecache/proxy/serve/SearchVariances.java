package io.pagecache.proxy.serve;

import com.github.benmanes.caffeine.cache.Cache;
import io.pagecache.http.NoVarySearch;
import io.pagecache.http.PageRequest;
import io.pagecache.http.PageResponse;
import io.pagecache.store.BoundedCaches;
import java.time.Duration;

/**
 * What the origin has said by {@code No-Vary-Search} about the queries of its paths, where the plan honours that. A parameter that does
 * not tell pages apart leaves the request before it is keyed and forwarded, so the origin's word is learnt with the first page of a path
 * and holds from the next request on. Bounded; a forgotten word costs a fetch.
 */
final class SearchVariances {
    private static final int MOST_PATHS = 10_000;
    private static final Duration MEMORY = Duration.ofDays(1);

    private record Site(String scheme, String host, String path) {
        static Site of(PageRequest request) {
            return new Site(request.scheme(), request.host(), request.path());
        }
    }

    private final Cache<Site, NoVarySearch> known;

    SearchVariances(BoundedCaches caches) {
        known = caches.of(MOST_PATHS, said -> 1, said -> MEMORY.toNanos(), (site, said, cause) -> {});
    }

    /** The visit with the query that stands for all that mean the same. */
    Visit canonical(Visit visit) {
        if (!visit.plan().plan().http().noVarySearch() || visit.request().query() == null) {
            return visit;
        }
        NoVarySearch said = known.getIfPresent(Site.of(visit.request()));
        return said == null
                ? visit
                : visit.with(
                        visit.request().withQuery(said.apply(visit.request().query())));
    }

    /** The latest page of a path counts. */
    void learn(PageVisit visit, PageResponse head) {
        if (!visit.plan().plan().http().noVarySearch()) {
            return;
        }
        NoVarySearch says = NoVarySearch.of(head.headers());
        if (says != null) {
            known.put(Site.of(visit.request()), says);
        } else if (visit.request().query() == null) {
            known.invalidate(Site.of(visit.request()));
        }
    }
}
