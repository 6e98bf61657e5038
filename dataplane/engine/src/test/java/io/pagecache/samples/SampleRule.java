package io.pagecache.samples;

import io.pagecache.plan.AccessLog;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Behaviour.KeyOptions;
import io.pagecache.plan.Behaviour.QueryKey;
import io.pagecache.plan.Behaviour.RequestCookies;
import io.pagecache.plan.Bypass;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ErrorPages;
import io.pagecache.plan.Http;
import io.pagecache.plan.Listener;
import io.pagecache.plan.Mode;
import io.pagecache.plan.Origin;
import io.pagecache.plan.Pages;
import io.pagecache.plan.Purging;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Urls;
import io.pagecache.plan.Variants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A rule with the API's defaults but for what a test changes. */
public final class SampleRule {
    private Behaviour.Cache cache = Behaviour.Cache.ORIGIN;
    private Duration ttl;
    private final List<Behaviour.StatusTtl> ttlByStatus = new ArrayList<>();
    private Duration staleWhileRevalidate = Duration.ZERO;
    private Duration staleIfError = Duration.ZERO;
    private QueryKey query = new QueryKey(QueryKey.Mode.ALL, List.of());
    private List<String> keyHeaders = List.of();
    private List<String> keyCookies = List.of();
    private List<String> languages = List.of();
    private boolean device;
    private List<String> experiments = List.of();
    private Variants variants = Variants.NONE;
    private RequestCookies requestCookies = new RequestCookies(RequestCookies.Mode.FORWARD, List.of());
    private boolean compress = true;
    private List<String> tags = List.of();

    public static SampleRule rule() {
        return new SampleRule();
    }

    public SampleRule cache(Behaviour.Cache value) {
        cache = value;
        return this;
    }

    public SampleRule ttl(long seconds) {
        ttl = Duration.ofSeconds(seconds);
        return this;
    }

    public SampleRule ttlOf(int status, long seconds) {
        ttlByStatus.add(new Behaviour.StatusTtl(List.of(status), Duration.ofSeconds(seconds)));
        return this;
    }

    public SampleRule staleWhileRevalidate(long seconds) {
        staleWhileRevalidate = Duration.ofSeconds(seconds);
        return this;
    }

    public SampleRule staleIfError(long seconds) {
        staleIfError = Duration.ofSeconds(seconds);
        return this;
    }

    public SampleRule query(QueryKey.Mode mode, String... names) {
        query = new QueryKey(mode, List.of(names));
        return this;
    }

    public SampleRule keyHeaders(String... names) {
        keyHeaders = List.of(names);
        return this;
    }

    public SampleRule keyCookies(String... names) {
        keyCookies = List.of(names);
        return this;
    }

    public SampleRule languages(String... names) {
        languages = List.of(names);
        return this;
    }

    public SampleRule device() {
        device = true;
        return this;
    }

    public SampleRule experiments(String... names) {
        experiments = List.of(names);
        return this;
    }

    public SampleRule variants(Variants value) {
        variants = value;
        return this;
    }

    public SampleRule requestCookies(RequestCookies.Mode mode, String... names) {
        requestCookies = new RequestCookies(mode, List.of(names));
        return this;
    }

    public SampleRule compress(boolean value) {
        compress = value;
        return this;
    }

    public SampleRule tags(String... names) {
        tags = List.of(names);
        return this;
    }

    public Behaviour behaviour() {
        return new Behaviour(
                cache,
                ttl,
                ttlByStatus,
                staleWhileRevalidate,
                staleIfError,
                new KeyOptions(query, keyHeaders, keyCookies, languages, device, experiments),
                requestCookies,
                Behaviour.Etag.ORIGIN,
                compress,
                Duration.ofSeconds(10),
                tags,
                Behaviour.Elements.OFF,
                Behaviour.Esi.OFF);
    }

    public Rule build() {
        return new Rule("sample", null, List.of(), List.of(), behaviour());
    }

    /** A plan whose defaults are this rule's. */
    public CachePlan plan() {
        return plan(Mode.CACHING, List.of(), List.of(), Bypass.NONE);
    }

    public CachePlan plan(Mode mode, List<String> hosts, List<Rule> rules, Bypass bypass) {
        return new CachePlan(
                CachePlan.FORMAT_VERSION,
                "r1",
                "web/shop",
                mode,
                new Origin(
                        "http",
                        "origin",
                        8080,
                        Origin.HostHeader.PRESERVE,
                        new Origin.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(25), Duration.ofSeconds(60)),
                        256,
                        1,
                        null,
                        null),
                hosts,
                behaviour(),
                rules,
                bypass,
                variants,
                Pages.NONE,
                new Purging(List.of("surrogate-key", "cache-tag")),
                List.of(),
                CachePlan.MIN_CACHE_BYTES,
                new AccessLog(AccessLog.Mode.OFF, 0),
                null,
                Listener.DEFAULT,
                Http.DEFAULT,
                Urls.AS_SENT,
                ErrorPages.DEFAULT);
    }
}
