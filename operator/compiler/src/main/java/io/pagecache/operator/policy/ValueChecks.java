package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.PagesSpec.Value;
import io.pagecache.api.v1alpha1.StoreSpec;
import io.pagecache.api.v1alpha1.ValueSources.GeoSource;
import io.pagecache.api.v1alpha1.ValueSources.PathSource;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.KeyTemplate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What values refer to within the policy: stores, languages, trusted proxies; keys and patterns that can be read. */
final class ValueChecks {
    private final PageCachePolicySpec spec;
    private final Set<String> stores;

    private ValueChecks(PageCachePolicySpec spec) {
        this.spec = spec;
        this.stores = new TreeSet<>(
                spec.pages().stores().stream().map(StoreSpec::name).toList());
    }

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        ValueChecks checks = new ValueChecks(spec);
        List<Value> values = spec.pages().values();
        for (int i = 0; i < values.size(); i++) {
            Optional<Finding> mistake = checks.mistakeIn("spec.pages.values[%d]".formatted(i), values.get(i));
            if (mistake.isPresent()) {
                return mistake;
            }
        }
        return Field.firstWrong(
                Field.eachOf(
                        "spec.pages.stores",
                        spec.pages().stores(),
                        (path, store) -> store.memcached() == null
                                ? List.of()
                                : Field.each(
                                        path + ".memcached.servers",
                                        "",
                                        store.memcached().servers(),
                                        server -> server)),
                ValueChecks::mustHavePort);
    }

    private Optional<Finding> mistakeIn(String path, Value value) {
        if (value.counter() != null) {
            return stored(
                    path + ".counter", value.counter().store(), value.counter().key());
        }
        if (value.entry() != null) {
            return stored(path + ".entry", value.entry().store(), value.entry().key());
        }
        if (value.language() != null) {
            return needsLanguages(path + ".language.languages", value.language().languages());
        }
        if (value.messages() != null) {
            return needsLanguages(path + ".messages.languages", value.messages().languages());
        }
        return pattern(path + ".path.pattern", value.path()).or(() -> unheard(path + ".geo.header", value.geo()));
    }

    private static Optional<Finding> pattern(String path, @Nullable PathSource source) {
        String pattern = source == null ? null : source.pattern();
        if (pattern == null) {
            return Optional.empty();
        }
        return ExpressionText.problemOf(pattern)
                .or(() -> hasGroup(pattern)
                        ? Optional.empty()
                        : Optional.of("'%s' has no group: expected one, such as (.*)".formatted(pattern)))
                .map(problem -> new Finding(path, problem));
    }

    private Optional<Finding> unheard(String path, @Nullable GeoSource geo) {
        String header = geo == null ? null : geo.header();
        if (header == null || !spec.proxy().trustedProxies().isEmpty()) {
            return Optional.empty();
        }
        String problem = "'%s' is believed from spec.proxy.trustedProxies only: expected some there".formatted(header);
        return Optional.of(new Finding(path, problem));
    }

    private Optional<Finding> stored(String path, String store, String key) {
        if (!stores.contains(store)) {
            String known = stores.isEmpty() ? "none is" : String.join(", ", stores);
            return Optional.of(new Finding(
                    path + ".store", "'%s' is no store in spec.pages.stores: declared %s".formatted(store, known)));
        }
        try {
            KeyTemplate.parse("'" + key + "'", key);
            return Optional.empty();
        } catch (InvalidPlanException e) {
            return Optional.of(new Finding(path + ".key", String.valueOf(e.getMessage())));
        }
    }

    private Optional<Finding> needsLanguages(String path, List<String> own) {
        List<String> shared = spec.defaults().key().languages();
        return own.isEmpty() && (shared == null || shared.isEmpty())
                ? Optional.of(new Finding(path, "is empty, and so is spec.defaults.key.languages: expected languages"))
                : Optional.empty();
    }

    /** A parenthesis that is neither escaped nor opens a group without a number. */
    private static boolean hasGroup(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(' && (pattern.startsWith("(?P<", i) || !pattern.startsWith("(?", i))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> mustHavePort(@Nullable String server) {
        String text = String.valueOf(server);
        int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
        return port >= 1 && port <= 65535
                ? Optional.empty()
                : Optional.of("'%s': expected a port from 1 to 65535".formatted(text));
    }
}
