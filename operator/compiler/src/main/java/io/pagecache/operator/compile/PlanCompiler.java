package io.pagecache.operator.compile;

import io.pagecache.api.v1alpha1.BackendRef;
import io.pagecache.api.v1alpha1.BypassSpec;
import io.pagecache.api.v1alpha1.ErrorPagesSpec;
import io.pagecache.api.v1alpha1.HttpSpec;
import io.pagecache.api.v1alpha1.OriginSpec;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.ProxySpec;
import io.pagecache.api.v1alpha1.RuleSpec;
import io.pagecache.operator.policy.ByteQuantity;
import io.pagecache.operator.policy.DurationText;
import io.pagecache.operator.policy.EffectivePolicy;
import io.pagecache.operator.policy.EffectivePolicy.EffectiveRule;
import io.pagecache.operator.policy.OriginUrl;
import io.pagecache.operator.policy.PolicyMerger;
import io.pagecache.plan.AccessLog;
import io.pagecache.plan.Bypass;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ErrorPages;
import io.pagecache.plan.Http;
import io.pagecache.plan.Listener;
import io.pagecache.plan.Mode;
import io.pagecache.plan.Origin;
import io.pagecache.plan.OriginTls;
import io.pagecache.plan.Purging;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Rule.PathMatch;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From a policy that passed its checks to the plan that its proxies run. */
public final class PlanCompiler {
    private PlanCompiler() {}

    /**
     * @param resolved a policy that {@code PolicyChecks} accepted, with the schema's defaults filled in
     * @return the plan under its revision
     */
    public static CachePlan compile(ResolvedPolicy resolved) {
        PageCachePolicy policy = resolved.policy();
        PageCachePolicySpec spec = policy.getSpec();
        EffectivePolicy effective = PolicyMerger.merge(spec);
        CachePlan plan = new CachePlan(
                CachePlan.FORMAT_VERSION,
                "",
                policy.getMetadata().getNamespace() + "/" + policy.getMetadata().getName(),
                mode(spec.mode()),
                origin(spec.origin(), resolved),
                BehaviourCompiler.lowerCase(spec.hosts()),
                BehaviourCompiler.compile(effective.defaults(), spec.pages().esi()),
                effective.rules().stream().map(PlanCompiler::rule).toList(),
                bypass(spec.bypass()),
                VariantsCompiler.compile(spec),
                new PagesCompiler(resolved, languages(spec)).compile(spec.pages()),
                new Purging(BehaviourCompiler.lowerCase(spec.purging().tagHeaders())),
                spec.proxy().trustedProxies(),
                ByteQuantity.parse(spec.proxy().cacheSize()).orElseThrow(),
                accessLog(spec.proxy().accessLog()),
                spec.authors() == null ? null : AuthorsCompiler.compile(spec.authors()),
                listener(spec.proxy()),
                http(spec.http()),
                UrlsCompiler.compile(
                        spec.urls(),
                        spec.origin().backendRef(),
                        policy.getMetadata().getNamespace()),
                errorPages(spec.errorPages()));
        return plan.withRevision(PlanRevision.of(plan));
    }

    static List<String> languages(PageCachePolicySpec spec) {
        List<String> languages = spec.defaults().key().languages();
        return languages == null ? List.of() : languages;
    }

    private static ErrorPages errorPages(ErrorPagesSpec said) {
        return new ErrorPages(said.cacheShare(), DurationText.parseChecked(said.maxTTL()));
    }

    private static Http http(HttpSpec http) {
        return new Http(
                ByteQuantity.parse(http.maxRequestBody()).orElseThrow(),
                switch (http.noVarySearch()) {
                    case IGNORE -> false;
                    case HONOUR -> true;
                });
    }

    private static Mode mode(PageCachePolicySpec.Mode mode) {
        return switch (mode) {
            case CACHING -> Mode.CACHING;
            case PASS_THROUGH -> Mode.PASS_THROUGH;
        };
    }

    private static Origin origin(OriginSpec origin, ResolvedPolicy resolved) {
        BackendRef ref = origin.backendRef();
        if (ref != null) {
            Backend backend = resolved.backend(ref);
            return origin(
                    origin,
                    new OriginUrl(origin.tls() == null ? "http" : "https", backend.host(), backend.port()),
                    backend.unresolved());
        }
        String url = origin.url();
        if (url == null) {
            throw new IllegalArgumentException("spec.origin has neither backendRef nor url: it was not checked");
        }
        return origin(origin, OriginUrl.parse(url).orElseThrow(), null);
    }

    private static Origin origin(OriginSpec origin, OriginUrl at, @Nullable String unresolved) {
        OriginSpec.Timeouts timeouts = origin.timeouts();
        return new Origin(
                at.scheme(),
                at.host(),
                at.port(),
                switch (origin.hostHeader()) {
                    case PRESERVE -> Origin.HostHeader.PRESERVE;
                    case ORIGIN -> Origin.HostHeader.ORIGIN;
                },
                new Origin.Timeouts(
                        DurationText.parseChecked(timeouts.connect()),
                        DurationText.parseChecked(timeouts.firstByte()),
                        DurationText.parseChecked(timeouts.idle())),
                origin.maxConnections(),
                origin.retries(),
                unresolved,
                tls(origin.tls()));
    }

    private static @Nullable OriginTls tls(OriginSpec.@Nullable Tls tls) {
        return tls == null ? null : new OriginTls(tls.serverName(), tls.caConfigMapName() != null);
    }

    private static Rule rule(EffectiveRule rule) {
        RuleSpec.Match match = rule.match();
        return new Rule(
                rule.name(),
                path(match.path()),
                match.methods(),
                BehaviourCompiler.lowerCase(match.hosts()),
                BehaviourCompiler.compile(rule.behaviour(), rule.esi()));
    }

    static @Nullable PathMatch path(RuleSpec.@Nullable PathMatch path) {
        if (path == null) {
            return null;
        }
        return new Rule.PathMatch(
                switch (path.type()) {
                    case EXACT -> Rule.PathMatch.Type.EXACT;
                    case PREFIX -> Rule.PathMatch.Type.PREFIX;
                    case REGEX -> Rule.PathMatch.Type.REGEX;
                },
                path.value());
    }

    private static Bypass bypass(BypassSpec bypass) {
        return new Bypass(
                bypass.clientIPs().stream()
                        .filter(entry -> entry.expiresAt() == null)
                        .map(BypassSpec.ClientIp::cidr)
                        .toList(),
                bypass.clientIPs().stream()
                        .flatMap(entry -> Stream.ofNullable(entry.expiresAt())
                                .map(at -> new Bypass.Temporary(entry.cidr(), Instant.parse(at))))
                        .toList(),
                bypass.headers().stream()
                        .map(header -> new Bypass.HeaderMatch(header.name().toLowerCase(Locale.ROOT), header.pattern()))
                        .toList(),
                bypass.cookies().stream().map(BypassSpec.CookieMatch::name).toList());
    }

    private static Listener listener(ProxySpec proxy) {
        return new Listener(
                switch (proxy.http2()) {
                    case NEVER -> Listener.Http2.NEVER;
                    case OVER_TLS -> Listener.Http2.OVER_TLS;
                    case ALWAYS -> Listener.Http2.ALWAYS;
                },
                switch (proxy.proxyProtocol()) {
                    case NEVER -> Listener.ProxyProtocol.NEVER;
                    case FROM_TRUSTED -> Listener.ProxyProtocol.FROM_TRUSTED;
                },
                proxy.maxConnections());
    }

    private static AccessLog accessLog(ProxySpec.AccessLog log) {
        return new AccessLog(
                switch (log.mode()) {
                    case OFF -> AccessLog.Mode.OFF;
                    case SAMPLED -> AccessLog.Mode.SAMPLED;
                    case ALL -> AccessLog.Mode.ALL;
                },
                log.rate());
    }
}
