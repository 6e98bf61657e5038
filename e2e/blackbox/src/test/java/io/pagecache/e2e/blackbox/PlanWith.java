package io.pagecache.e2e.blackbox;

import io.pagecache.plan.Authors;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Listener;
import io.pagecache.plan.Pages;
import io.pagecache.plan.Variants;

/** A plan with another part. */
final class PlanWith {
    private PlanWith() {}

    static CachePlan pages(CachePlan plan, Pages pages) {
        return changed(plan, plan.variants(), pages, plan.authors(), plan.listener());
    }

    static CachePlan variants(CachePlan plan, Variants variants) {
        return changed(plan, variants, plan.pages(), plan.authors(), plan.listener());
    }

    static CachePlan authors(CachePlan plan, Authors authors) {
        return changed(plan, plan.variants(), plan.pages(), authors, plan.listener());
    }

    static CachePlan listener(CachePlan plan, Listener listener) {
        return changed(plan, plan.variants(), plan.pages(), plan.authors(), listener);
    }

    private static CachePlan changed(
            CachePlan plan, Variants variants, Pages pages, Authors authors, Listener listener) {
        return new CachePlan(
                plan.formatVersion(),
                plan.revision(),
                plan.policy(),
                plan.mode(),
                plan.origin(),
                plan.hosts(),
                plan.defaults(),
                plan.rules(),
                plan.bypass(),
                variants,
                pages,
                plan.purging(),
                plan.trustedProxies(),
                plan.cacheBytes(),
                plan.accessLog(),
                authors,
                listener,
                plan.http(),
                plan.urls(),
                plan.errorPages());
    }
}
