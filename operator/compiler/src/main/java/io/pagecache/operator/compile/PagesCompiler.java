package io.pagecache.operator.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagecache.api.v1alpha1.BackendRef;
import io.pagecache.api.v1alpha1.PagesSpec;
import io.pagecache.api.v1alpha1.PagesSpec.HttpSource;
import io.pagecache.api.v1alpha1.StoreSpec;
import io.pagecache.api.v1alpha1.ValueSources;
import io.pagecache.operator.policy.DurationText;
import io.pagecache.plan.FileRef;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.ValueStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values, elements and stores of a policy's pages.
 *
 * @param languages of the policy's defaults, for values that name none
 */
record PagesCompiler(ResolvedPolicy resolved, List<String> languages) {

    Pages compile(PagesSpec pages) {
        return new Pages(
                new Pages.Markers(pages.markers().open(), pages.markers().close()),
                pages.values().stream().map(this::value).toList(),
                pages.elements().stream()
                        .map(element -> new Pages.Element(element.name(), element.template(), element.fallback()))
                        .toList(),
                pages.stores().stream().map(PagesCompiler::store).toList(),
                DurationText.parseChecked(pages.deadline()));
    }

    private static ValueStore store(StoreSpec store) {
        return new ValueStore(store.name(), kind(store), DurationText.parseChecked(store.timeout()));
    }

    private static ValueStore.Kind kind(StoreSpec store) {
        if (store.memcached() != null) {
            return new ValueStore.Memcached(store.memcached().servers());
        }
        if (store.redis() != null) {
            ValueSources.ObjectRef secret = store.redis().credentialsSecretRef();
            return new ValueStore.Redis(
                    store.redis().url(), credential(secret, "username"), credential(secret, "password"));
        }
        throw new IllegalArgumentException("store '" + store.name() + "' is of no kind: it was not checked");
    }

    private static @Nullable FileRef credential(ValueSources.@Nullable ObjectRef secret, String key) {
        return secret == null ? null : new FileRef(FileRef.Kind.SECRET, secret.name(), key);
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
            return cookie(value.cookie());
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
        return lookedUp(value);
    }

    private ValueSource lookedUp(PagesSpec.Value value) {
        if (value.path() != null) {
            Integer segment = value.path().segment();
            return new ValueSource.Path(
                    segment == null ? 0 : segment, value.path().pattern());
        }
        if (value.request() != null) {
            return new ValueSource.Request(property(value.request()));
        }
        if (value.language() != null) {
            return new ValueSource.Language(orDefault(value.language().languages()));
        }
        if (value.geo() != null) {
            return geo(value.geo());
        }
        if (value.messages() != null) {
            return new ValueSource.Messages(
                    value.messages().configMapRef().name(),
                    orDefault(value.messages().languages()));
        }
        if (value.counter() != null) {
            return new ValueSource.Counter(
                    value.counter().store(), value.counter().key());
        }
        if (value.entry() != null) {
            return new ValueSource.Entry(
                    value.entry().store(),
                    value.entry().key(),
                    switch (value.entry().format()) {
                        case TEXT -> ValueSource.Entry.Format.TEXT;
                        case JSON -> ValueSource.Entry.Format.JSON;
                    });
        }
        throw new IllegalArgumentException("value '" + value.name() + "' has no source: it was not checked");
    }

    private List<String> orDefault(List<String> own) {
        return own.isEmpty() ? languages : own;
    }

    private static ValueSource cookie(PagesSpec.CookieSource cookie) {
        ValueSources.KeyRef secret = cookie.secretRef();
        return new ValueSource.Cookie(
                cookie.name(),
                switch (cookie.encoding()) {
                    case PLAIN -> ValueSource.Cookie.Form.PLAIN;
                    case URL -> ValueSource.Cookie.Form.URL;
                    case BASE64_JSON -> ValueSource.Cookie.Form.BASE64_JSON;
                    case JWT -> ValueSource.Cookie.Form.JWT;
                },
                secret == null ? null : new FileRef(FileRef.Kind.SECRET, secret.name(), secret.key()));
    }

    private static ValueSource.Request.Property property(ValueSources.RequestProperty property) {
        return switch (property) {
            case CLIENT_IP -> ValueSource.Request.Property.CLIENT_IP;
            case HOST -> ValueSource.Request.Property.HOST;
            case PATH -> ValueSource.Request.Property.PATH;
        };
    }

    private static ValueSource geo(ValueSources.GeoSource geo) {
        if (geo.header() != null) {
            return new ValueSource.GeoHeader(geo.header().toLowerCase(Locale.ROOT));
        }
        ValueSources.VolumeFile file = Objects.requireNonNull(geo.database());
        return new ValueSource.GeoDatabase(new FileRef(FileRef.Kind.CLAIM, file.claimName(), file.path()));
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
