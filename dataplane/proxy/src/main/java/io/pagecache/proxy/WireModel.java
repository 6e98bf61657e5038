package io.pagecache.proxy;

import io.pagecache.plan.AccessLog;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.Authors;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Bypass;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ErrorPages;
import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.FileRef;
import io.pagecache.plan.Http;
import io.pagecache.plan.KeyTemplate;
import io.pagecache.plan.Listener;
import io.pagecache.plan.Origin;
import io.pagecache.plan.OriginTls;
import io.pagecache.plan.Pages;
import io.pagecache.plan.Peers;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.plan.Purging;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Urls;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.ValueStore;
import io.pagecache.plan.Variants;
import io.pagecache.plan.VisitorSketch;
import io.pagecache.plan.WarmUpOrder;
import io.pagecache.plan.WarmUpProgress;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The records that Jackson reads and writes, named for native images. */
@RegisterForReflection(
        targets = {
            CachePlan.class,
            AuthorRoll.class,
            AuthorRoll.Session.class,
            AuthorRoll.Forgotten.class,
            Authors.class,
            Authors.EditRequest.class,
            ExplainRequest.class,
            ExplainRequest.Answer.class,
            Explanation.class,
            Explanation.Stored.class,
            Explanation.LifetimeSource.class,
            Explanation.Keeping.class,
            Peers.class,
            PurgeOrder.CutOver.class,
            Http.class,
            ErrorPages.class,
            Urls.class,
            AccessLog.class,
            Behaviour.class,
            Behaviour.StatusTtl.class,
            Behaviour.RequestCookies.class,
            Behaviour.KeyOptions.class,
            Behaviour.QueryKey.class,
            Bypass.class,
            Bypass.Temporary.class,
            Bypass.HeaderMatch.class,
            Listener.class,
            Origin.class,
            Origin.Timeouts.class,
            OriginTls.class,
            Pages.class,
            Pages.Markers.class,
            Pages.Value.class,
            Pages.Element.class,
            ProxyState.class,
            WarmUpOrder.class,
            WarmUpOrder.Crawl.class,
            WarmUpOrder.Variant.class,
            WarmUpOrder.Variant.Field.class,
            WarmUpProgress.class,
            ProxyState.PurgeResult.class,
            ProxyState.CertificateState.class,
            ProxyStats.class,
            ProxyStats.Uncacheable.class,
            ProxyStats.VariantLimit.class,
            VisitorSketch.class,
            PurgeLedger.class,
            PurgeOrder.class,
            PurgeScope.class,
            PurgeScope.All.class,
            PurgeScope.Url.class,
            PurgeScope.Prefix.class,
            PurgeScope.Regex.class,
            PurgeScope.Tag.class,
            PurgeScope.User.class,
            PurgeScope.Element.class,
            PurgeScope.OlderThan.class,
            Purging.class,
            Rule.class,
            Rule.PathMatch.class,
            Variants.class,
            Variants.Experiment.class,
            Variants.Group.class,
            Variants.LanguageRedirect.class,
            Variants.Target.class,
            ValueSource.class,
            ValueSource.Cookie.class,
            ValueSource.Header.class,
            ValueSource.Query.class,
            ValueSource.Path.class,
            ValueSource.Request.class,
            ValueSource.Language.class,
            ValueSource.GeoHeader.class,
            ValueSource.GeoDatabase.class,
            ValueSource.Http.class,
            ValueSource.Messages.class,
            ValueSource.Counter.class,
            ValueSource.Entry.class,
            ValueStore.class,
            ValueStore.Kind.class,
            ValueStore.Memcached.class,
            ValueStore.Redis.class,
            FileRef.class,
            KeyTemplate.class,
            KeyTemplate.Text.class,
            KeyTemplate.Place.class
        })
final class WireModel {
    private WireModel() {}
}
