package io.pagecache.operator.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagecache.api.v1alpha1.BackendRef;
import io.pagecache.api.v1alpha1.PagesSpec;
import io.pagecache.api.v1alpha1.PagesSpec.HttpSource;
import io.pagecache.operator.policy.DurationText;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import java.time.Duration;
import java.util.Locale;

/** Values and elements of a policy's pages. */
record PagesCompiler(ResolvedPolicy resolved) {

    Pages compile(PagesSpec pages) {
        return new Pages(
                new Pages.Markers(pages.markers().open(), pages.markers().close()),
                pages.values().stream().map(this::value).toList(),
                pages.elements().stream()
                        .map(element -> new Pages.Element(element.name(), element.template(), element.fallback()))
                        .toList());
    }

    private Pages.Value value(PagesSpec.Value value) {
        JsonNode fallback = value.fallback();
        return new Pages.Value(
                value.name(),
                source(value),
                value.ttl() == null ? Duration.ZERO : DurationText.parseChecked(value.ttl()),
                DurationText.parseChecked(value.timeout()),
                fallback == null || fallback.isNull() ? null : PlanJson.write(fallback));
    }

    private ValueSource source(PagesSpec.Value value) {
        if (value.cookie() != null) {
            return new ValueSource.Cookie(value.cookie().name());
        }
        if (value.header() != null) {
            return new ValueSource.Header(value.header().name().toLowerCase(Locale.ROOT));
        }
        if (value.query() != null) {
            return new ValueSource.Query(value.query().name());
        }
        if (value.http() != null) {
            return new ValueSource.Http(url(value.http()), value.http().forwardCookies());
        }
        throw new IllegalArgumentException("value '" + value.name() + "' has no source: it was not checked");
    }

    private String url(HttpSource http) {
        BackendRef ref = http.backendRef();
        if (ref == null) {
            return http.url() + http.path();
        }
        Backend backend = resolved.backend(ref);
        return "http://%s:%d%s".formatted(backend.host(), backend.port(), http.path());
    }
}
