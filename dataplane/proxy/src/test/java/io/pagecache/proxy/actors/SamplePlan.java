package io.pagecache.proxy.actors;

import io.pagecache.plan.AccessLog;
import io.pagecache.plan.Authors;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Bypass;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ErrorPages;
import io.pagecache.plan.Http;
import io.pagecache.plan.Listener;
import io.pagecache.plan.Mode;
import io.pagecache.plan.Origin;
import io.pagecache.plan.OriginTls;
import io.pagecache.plan.Pages;
import io.pagecache.plan.Purging;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Urls;
import io.pagecache.plan.Variants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A plan to vary: caches for a minute, serves stale for half a minute more, and for an hour when the origin fails. */
public final class SamplePlan {
    public String revision = "r1";
    public Mode mode = Mode.CACHING;
    public int originPort = 1;
    public int maxConnections = 64;
    public int retries = 1;
    public Duration firstByte = Duration.ofSeconds(20);
    public Duration idle = Duration.ofSeconds(5);
    public List<String> hosts = List.of();
    public @Nullable Duration ttl = Duration.ofSeconds(60);
    public Duration staleWhileRevalidate = Duration.ofSeconds(30);
    public Duration staleIfError = Duration.ofHours(1);
    public Behaviour.QueryKey query = new Behaviour.QueryKey(Behaviour.QueryKey.Mode.ALL, List.of());
    public List<String> keyCookies = List.of();
    public List<String> languages = List.of();
    public boolean device;
    public List<String> experiments = List.of();
    public Variants variants = Variants.NONE;
    public Behaviour.RequestCookies cookies =
            new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.STRIP, List.of());
    public Duration coalesceMaxWait = Duration.ofSeconds(10);
    public Behaviour.Elements elements = Behaviour.Elements.OFF;
    public Behaviour.Esi esi = Behaviour.Esi.OFF;
    public List<Rule> rules = new ArrayList<>();
    public Bypass bypass = Bypass.NONE;
    public Pages pages = Pages.NONE;
    public List<String> trustedProxies = List.of();
    public Http http = Http.DEFAULT;
    public Urls urls = Urls.AS_SENT;
    public ErrorPages errorPages = ErrorPages.DEFAULT;
    public long cacheBytes = 64 << 20;
    public AccessLog accessLog = new AccessLog(AccessLog.Mode.ALL, 1);

    public @Nullable Authors authors;
    public Listener listener = Listener.DEFAULT;
    public OriginTls originTls;

    public static SamplePlan plan() {
        return new SamplePlan();
    }

    /** What a policy with nothing but an origin compiles to. */
    public static SamplePlan bare() {
        SamplePlan plan = new SamplePlan();
        plan.ttl = null;
        plan.staleWhileRevalidate = Duration.ZERO;
        plan.staleIfError = Duration.ofHours(24);
        plan.cookies = new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.FORWARD, List.of());
        plan.elements = Behaviour.Elements.SURROGATE;
        return plan;
    }

    public SamplePlan rule(String name, String prefix, UnaryOperator<Behaviour> change) {
        rules.add(new Rule(
                name,
                new Rule.PathMatch(Rule.PathMatch.Type.PREFIX, prefix),
                List.of(),
                List.of(),
                change.apply(behaviour())));
        return this;
    }

    public Behaviour behaviour() {
        return new Behaviour(
                Behaviour.Cache.ORIGIN,
                ttl,
                List.of(),
                staleWhileRevalidate,
                staleIfError,
                new Behaviour.KeyOptions(query, List.of(), keyCookies, languages, device, experiments),
                cookies,
                Behaviour.Etag.GENERATE,
                true,
                coalesceMaxWait,
                List.of(),
                elements,
                esi);
    }

    public static Behaviour never(Behaviour like) {
        return new Behaviour(
                Behaviour.Cache.NEVER,
                like.ttl(),
                like.ttlByStatus(),
                like.staleWhileRevalidate(),
                like.staleIfError(),
                like.key(),
                like.requestCookies(),
                like.etag(),
                like.compress(),
                like.coalesceMaxWait(),
                like.tags(),
                like.elements(),
                like.esi());
    }

    public CachePlan build() {
        Origin.Timeouts timeouts = new Origin.Timeouts(Duration.ofSeconds(2), firstByte, idle);
        return new CachePlan(
                CachePlan.FORMAT_VERSION,
                revision,
                "web/shop",
                mode,
                new Origin(
                        originTls == null ? "http" : "https",
                        "127.0.0.1",
                        originPort,
                        Origin.HostHeader.PRESERVE,
                        timeouts,
                        maxConnections,
                        retries,
                        null,
                        originTls),
                hosts,
                behaviour(),
                rules,
                bypass,
                variants,
                pages,
                new Purging(List.of("surrogate-key")),
                trustedProxies,
                cacheBytes,
                accessLog,
                authors,
                listener,
                http,
                urls,
                errorPages);
    }
}
