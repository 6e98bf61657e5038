package io.pagecache.e2e.blackbox;

import io.pagecache.plan.AccessLog;
import io.pagecache.plan.Behaviour;
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
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.Variants;
import java.time.Duration;
import java.util.List;

/**
 * A plan in which every part has something to do, so that reading it touches every record of the wire model. Pages are kept for a
 * minute and read markers; {@code /account} is never cached.
 *
 * @param isRepeatable without what keeps hits from the fast path: the log of all requests, and cookies that bypass
 */
public record SitePlan(int originPort, boolean isRepeatable) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public SitePlan(int originPort) {
        this(originPort, false);
    }

    public CachePlan plan(String revision) {
        return plan(revision, Behaviour.Cache.ORIGIN);
    }

    /** @param cache of the pages that no rule matches */
    public CachePlan plan(String revision, Behaviour.Cache cache) {
        return new CachePlan(
                CachePlan.FORMAT_VERSION,
                revision,
                "web/site",
                Mode.CACHING,
                origin(),
                List.of("127.0.0.1", "localhost"),
                behaviour(cache, List.of("page")),
                List.of(
                        rule("account", Rule.PathMatch.Type.PREFIX, "/account", Behaviour.Cache.NEVER),
                        rule("styles", Rule.PathMatch.Type.REGEX, "/[a-z]+\\.css", Behaviour.Cache.ALWAYS)),
                new Bypass(
                        List.of("10.1.0.0/16"),
                        List.of(new Bypass.HeaderMatch("x-preview", "yes|please")),
                        isRepeatable ? List.of() : List.of("staff")),
                Variants.NONE,
                pages(),
                new Purging(List.of("surrogate-key")),
                List.of("10.0.0.0/8"),
                128 << 20,
                new AccessLog(isRepeatable ? AccessLog.Mode.OFF : AccessLog.Mode.ALL, 1),
                null,
                Listener.DEFAULT,
                Http.DEFAULT,
                Urls.AS_SENT,
                ErrorPages.DEFAULT);
    }

    private Origin origin() {
        return new Origin(
                "http",
                "127.0.0.1",
                originPort,
                Origin.HostHeader.PRESERVE,
                new Origin.Timeouts(PATIENCE, PATIENCE.multipliedBy(6), PATIENCE),
                64,
                1,
                null,
                null);
    }

    private static Rule rule(String name, Rule.PathMatch.Type type, String path, Behaviour.Cache cache) {
        return new Rule(name, new Rule.PathMatch(type, path), List.of(), List.of(), behaviour(cache, List.of(name)));
    }

    private static Behaviour behaviour(Behaviour.Cache cache, List<String> tags) {
        return new Behaviour(
                cache,
                MINUTE,
                List.of(new Behaviour.StatusTtl(List.of(404, 410), PATIENCE)),
                MINUTE,
                MINUTE,
                new Behaviour.KeyOptions(
                        new Behaviour.QueryKey(Behaviour.QueryKey.Mode.EXCEPT, List.of("utm_source")),
                        List.of(),
                        List.of(),
                        List.of("en", "de"),
                        false,
                        List.of()),
                new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.STRIP, List.of()),
                Behaviour.Etag.GENERATE,
                true,
                PATIENCE.multipliedBy(2),
                tags,
                Behaviour.Elements.ON,
                Behaviour.Esi.SURROGATE);
    }

    private Pages pages() {
        return new Pages(
                new Pages.Markers("<!--pc:", "-->"),
                List.of(
                        value("user", new ValueSource.Cookie("user")),
                        value("theme", new ValueSource.Query("theme")),
                        value("agent", new ValueSource.Header("x-agent")),
                        new Pages.Value(
                                "session",
                                new ValueSource.Http(
                                        "http://127.0.0.1:%d/session".formatted(originPort), List.of("sid")),
                                Duration.ZERO,
                                PATIENCE,
                                "{\"name\":\"nobody\"}")),
                List.of(new Pages.Element(
                        "greeting", "{#if session.name}Hello {session.name}{#else}Log in{/if}", "fallback")));
    }

    private static Pages.Value value(String name, ValueSource source) {
        return new Pages.Value(name, source, Duration.ZERO, PATIENCE, null);
    }
}
