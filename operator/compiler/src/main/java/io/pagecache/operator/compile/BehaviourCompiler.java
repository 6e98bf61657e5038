package io.pagecache.operator.compile;

import io.pagecache.api.v1alpha1.CacheBehaviour;
import io.pagecache.api.v1alpha1.DefaultsSpec;
import io.pagecache.api.v1alpha1.PagesSpec;
import io.pagecache.operator.policy.DurationText;
import io.pagecache.operator.policy.RequestCookiesText;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Behaviour.KeyOptions;
import io.pagecache.plan.Behaviour.QueryKey;
import io.pagecache.plan.Behaviour.RequestCookies;
import io.pagecache.plan.Behaviour.StatusTtl;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the requests of one rule are cached, from a policy's words to the plan's. */
final class BehaviourCompiler {
    /** The greatest delta-seconds of RFC 9111 section 1.2.2: 68 years. */
    static final Duration UNTIL_PURGED = Duration.ofSeconds(Integer.MAX_VALUE);

    private BehaviourCompiler() {}

    static Behaviour compile(DefaultsSpec said, PagesSpec.Esi esi) {
        return new Behaviour(
                cache(said.cache()),
                said.ttl() == null ? null : lifetime(said.ttl()),
                listOf(said.ttlByStatus()).stream()
                        .map(entry -> new StatusTtl(entry.statuses(), lifetime(entry.ttl())))
                        .toList(),
                DurationText.parseChecked(said.staleWhileRevalidate()),
                DurationText.parseChecked(said.staleIfError()),
                key(said.key()),
                requestCookies(said.requestCookies()),
                etag(said.etag()),
                said.compress(),
                DurationText.parseChecked(said.coalesce().maxWait()),
                listOf(said.tags()),
                elements(said.elements()),
                esi(esi));
    }

    private static Duration lifetime(String text) {
        return text.equals("UntilPurged") ? UNTIL_PURGED : DurationText.parseChecked(text);
    }

    private static KeyOptions key(CacheBehaviour.Key key) {
        CacheBehaviour.Query query = key.query();
        return new KeyOptions(
                query == null
                        ? new QueryKey(QueryKey.Mode.ALL, List.of())
                        : new QueryKey(queryMode(query.mode()), query.names()),
                lowerCase(listOf(key.headers())),
                listOf(key.cookies()),
                listOf(key.languages()),
                Boolean.TRUE.equals(key.device()),
                listOf(key.experiments()));
    }

    private static RequestCookies requestCookies(String text) {
        return RequestCookiesText.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("requestCookies: '" + text + "' was not checked"));
    }

    private static Behaviour.Cache cache(CacheBehaviour.Cache cache) {
        return switch (cache) {
            case ORIGIN -> Behaviour.Cache.ORIGIN;
            case ALWAYS -> Behaviour.Cache.ALWAYS;
            case NEVER -> Behaviour.Cache.NEVER;
        };
    }

    private static Behaviour.Etag etag(CacheBehaviour.Etag etag) {
        return switch (etag) {
            case ORIGIN -> Behaviour.Etag.ORIGIN;
            case GENERATE -> Behaviour.Etag.GENERATE;
        };
    }

    private static Behaviour.Elements elements(CacheBehaviour.Elements elements) {
        return switch (elements) {
            case OFF -> Behaviour.Elements.OFF;
            case SURROGATE -> Behaviour.Elements.SURROGATE;
            case ON -> Behaviour.Elements.ON;
        };
    }

    private static Behaviour.Esi esi(PagesSpec.Esi esi) {
        return switch (esi) {
            case OFF -> Behaviour.Esi.OFF;
            case SURROGATE -> Behaviour.Esi.SURROGATE;
            case ON -> Behaviour.Esi.ON;
        };
    }

    private static QueryKey.Mode queryMode(CacheBehaviour.QueryMode mode) {
        return switch (mode) {
            case ALL -> QueryKey.Mode.ALL;
            case ONLY -> QueryKey.Mode.ONLY;
            case EXCEPT -> QueryKey.Mode.EXCEPT;
            case IGNORE -> QueryKey.Mode.IGNORE;
            case BYPASS -> QueryKey.Mode.BYPASS;
        };
    }

    static List<String> lowerCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    private static <T> List<T> listOf(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
