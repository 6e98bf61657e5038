package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.operator.compile.PolicyYaml;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyChecksTest {
    private final PolicyChecks checks = PolicyChecks.standard();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rules: [{name: a, match: {}}, {name: a, match: {}}] | spec.rules[1].name: 'a' is used before: expected a name of its own",
                "defaults: {ttl: soon} | spec.defaults.ttl: 'soon': expected a duration such as 30s, 1h30m or 500ms",
                "defaults: {ttlByStatus: [{statuses: [404], ttl: x}]} | spec.defaults.ttlByStatus[0].ttl: 'x': expected a duration",
                "rules: [{name: a, match: {}, staleIfError: x}] | spec.rules[0].staleIfError: 'x': expected a duration",
                "rules: [{name: a, match: {}, coalesce: {maxWait: x}}] | spec.rules[0].coalesce.maxWait: 'x': expected a duration",
                "pages: {values: [{name: a, cookie: {name: a}, timeout: 0s}]} | spec.pages.values[0].timeout: '0s' is no time at all",
                "pages: {values: [{name: a, counter: {store: s, key: x}}]} | spec.pages.values[0].counter.store: 's' is no store in spec.pages.stores: declared none is",
                "pages: {stores: [{name: s, memcached: {servers: [`h:1`]}}], values: [{name: a, entry: {store: s, key: `u:{cookie}`}}]} | spec.pages.values[0].entry.key: 'u:{cookie}' at column 3, {cookie} is unknown: expected {path}",
                "pages: {stores: [{name: s, memcached: {servers: [`h:1`]}}], values: [{name: a, counter: {store: s, key: `a b`}}]} | spec.pages.values[0].counter.key: 'a b' at column 2, ' ' cannot stand here",
                "pages: {stores: [{name: s, memcached: {servers: [`h:0`]}}]} | spec.pages.stores[0].memcached.servers[0]: 'h:0': expected a port",
                "pages: {stores: [{name: s, redis: {url: `redis://h`}, timeout: 0s}]} | spec.pages.stores[0].timeout: '0s' is no time at all",
                "pages: {values: [{name: a, language: {}}]} | spec.pages.values[0].language.languages: is empty, and so is spec.defaults.key.languages",
                "pages: {values: [{name: a, path: {pattern: `/x`}}]} | spec.pages.values[0].path.pattern: '/x' has no group: expected one",
                "pages: {values: [{name: a, path: {pattern: `(?<=x)(y)`}}]} | spec.pages.values[0].path.pattern: '(?<=x)(y)': error parsing regexp",
                "pages: {values: [{name: a, geo: {header: X-Country}}]} | spec.pages.values[0].geo.header: 'X-Country' is believed from spec.proxy.trustedProxies only",
                "rules: [{name: a, match: {}, requestCookies: Only()}] | spec.rules[0].requestCookies: 'Only()': expected Forward, Strip",
                "origin: {url: `http://shop:0`} | spec.origin.url: 'http://shop:0': expected http://host[:port]",
                "proxy: {cacheSize: 1Ki} | spec.proxy.cacheSize: '1Ki': expected a quantity of at least 1Mi, such as 256Mi",
                "proxy: {resources: {limits: {memory: lots}}} | spec.proxy.resources.limits.memory: 'lots': expected a quantity such as 500m or 1Gi",
                "proxy: {resources: {requests: {cpu: -1}}} | spec.proxy.resources.requests.cpu: '-1': expected a quantity",
                "proxy: {resources: {requests: {cpu: 2}, limits: {cpu: 500m}}} | spec.proxy.resources.requests.cpu: '2' is more than spec.proxy.resources.limits.cpu, '500m'",
                "proxy: {resources: {limits: {memory: 256Mi}}} | spec.proxy.resources.limits.memory: '256Mi' is too little for spec.proxy.cacheSize '256Mi': expected at least 480Mi, better 544Mi",
                "bypass: {clientIPs: [{cidr: 10.0.0.0/8}, {cidr: 10.0.0.0/33}]} | spec.bypass.clientIPs[1].cidr: '10.0.0.0/33': expected an address block",
                "proxy: {trustedProxies: [`::g`]} | spec.proxy.trustedProxies[0]: '::g': expected an address block",
                "rules: [{name: a, match: {path: {type: Regex, value: `(?=x)`}}}] | spec.rules[0].match.path.value: '(?=x)': error parsing regexp",
                "bypass: {headers: [{name: X, pattern: `(a{100}){100}`}]} | spec.bypass.headers[0].pattern: '(a{100}){100}': expands to more than",
                "bypass: {headers: [{name: X, pattern: `[`}]} | spec.bypass.headers[0].pattern: '[': error parsing regexp",
                "warmUp: {urls: [/]} | spec.warmUp.site: is missing: pages are kept under the host",
                "warmUp: {site: `http://a.test`, urls: [/], schedule: `70 * * * *`} | spec.warmUp.schedule: '70 * * * *' is no schedule: expected minute, hour",
                "warmUp: {site: `http://a.test`, urls: [/], timeZone: Mars/Base} | spec.warmUp.timeZone: 'Mars/Base' is no time zone: expected a name such as",
                "rules: [{name: a, match: {}, cache: Always}] | spec.rules[0].ttl: is missing where cache is Always",
                "experiments: [{name: a, cookie: x, groups: [{name: g, weight: 1}]}, {name: a, cookie: y, groups: [{name: g, weight: 1}]}] | spec.experiments[1].name: 'a' is used before: expected one of its own",
                "experiments: [{name: a, cookie: x, groups: [{name: g, weight: 1}]}, {name: b, cookie: x, groups: [{name: g, weight: 1}]}] | spec.experiments[1].cookie: 'x' is used before: expected one of its own",
                "experiments: [{name: a, cookie: x, groups: [{name: g, weight: 1}, {name: g, weight: 1}]}] | spec.experiments[0].groups: group 'g' is there twice",
                "experiments: [{name: a, cookie: x, groups: [{name: g, weight: 0}]}] | spec.experiments[0].groups: no group has a weight above 0",
                "defaults: {key: {experiments: [hero]}} | spec.defaults.key.experiments[0]: 'hero' is none of spec.experiments",
                "redirects: {language: {hosts: [a.b], stay: en, targets: [{language: EN, host: c.b}]}} | spec.redirects.language.targets[0].language: 'EN' is used before: expected one host for each language",
                "purging: {onRolloutOf: [{kind: Deployment, name: a}, {kind: Deployment, name: a}]} | spec.purging.onRolloutOf[1]: Deployment 'a' is named twice",
                "purging: {onRolloutOf: [{kind: Deployment, name: a, scopes: {patterns: [`(`]}}]} | spec.purging.onRolloutOf[0].scopes.patterns[0]: '(': error parsing regexp",
                "purging: {hooks: [{name: a, url: `https://x:0/`, secretRef: {name: s}}]} | spec.purging.hooks[0].url: 'https://x:0/': expected https://host[:port]/path",
                "purging: {hooks: [{name: a, url: `https://x_y/`, secretRef: {name: s}}]} | spec.purging.hooks[0].url: 'https://x_y/': expected https://host",
                "purging: {hooks: [{name: a, url: `https://x/`, secretRef: {name: s}, timeout: 31s}]} | spec.purging.hooks[0].timeout: '31s': expected from 100ms to 30s",
                "purging: {hooks: [{name: a, url: `https://x/`, secretRef: {name: s}}, {name: a, url: `https://y/`, secretRef: {name: s}}]} | spec.purging.hooks[1].name: 'a' is taken by another hook",
                "pages: {elements: [{name: a, template: `{#include x /}`}]} | spec.pages.elements[0].template: at 1:1 of the template, {#include} is not supported",
            })
    void shouldRejectWhatTheSchemaCannotSee(String spec, String message) {
        Verdict verdict =
                checks.check(PolicyYaml.withSpec(spec.replace("`", "\"")).getSpec());

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> {
            assertThat(rejected.message()).startsWith(message);
            assertThat(rejected.reason().text()).isEqualTo("Invalid");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: []",
                "proxy: {resources: {requests: {cpu: 500m, memory: 2Gi}, limits: {cpu: 2}}}",
                "proxy: {resources: {limits: {memory: 512Mi}}}",
                "defaults: {cache: Always, ttlByStatus: [{statuses: [200], ttl: 1s}]}",
                "rules: [{name: a, match: {path: {type: Prefix, value: '/('}}}]",
                "{defaults: {ttl: 1s}, rules: [{name: a, match: {}, cache: Always}]}",
            })
    void shouldAcceptTheRest(String spec) {
        String block =
                spec.startsWith("{") ? spec.substring(1, spec.length() - 1).replace("}, rules", "}\nrules") : spec;

        assertThat(checks.check(PolicyYaml.withSpec(block).getSpec())).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void shouldAskAnotherJudgeOfTemplates() {
        PolicyChecks strict = PolicyChecks.with(template -> Optional.of("is not to my taste"));
        var spec = PolicyYaml.withSpec("pages: {elements: [{name: a, template: x}]}")
                .getSpec();

        assertThat(strict.check(spec))
                .isEqualTo(new Verdict.Rejected(
                        Verdict.Reason.INVALID, "spec.pages.elements[0].template", "is not to my taste"));
    }
}
