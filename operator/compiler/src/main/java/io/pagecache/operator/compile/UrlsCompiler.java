package io.pagecache.operator.compile;

import io.pagecache.api.v1alpha1.BackendRef;
import io.pagecache.api.v1alpha1.UrlsSpec;
import io.pagecache.plan.Urls;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How URLs are understood, from a policy's words to the plan's. */
final class UrlsCompiler {
    private UrlsCompiler() {}

    /** @param origin the Service that is asked, or null when the origin is a URL */
    static Urls compile(UrlsSpec spec, @Nullable BackendRef origin, String namespace) {
        Urls.InternalLinks links =
                switch (spec.internalLinks()) {
                    case KEEP -> Urls.InternalLinks.KEEP;
                    case REPLACE_IN_FIELDS -> Urls.InternalLinks.FIELDS;
                    case REPLACE_IN_PAGES -> Urls.InternalLinks.PAGES;
                };
        return new Urls(
                switch (spec.trailingSlash()) {
                    case KEEP -> Urls.TrailingSlash.KEEP;
                    case ADD -> Urls.TrailingSlash.ADD;
                    case REMOVE -> Urls.TrailingSlash.REMOVE;
                },
                spec.paths() == UrlsSpec.Paths.NORMALISED,
                links,
                links == Urls.InternalLinks.KEEP ? List.of() : authorities(spec, origin, namespace));
    }

    private static List<String> authorities(UrlsSpec spec, @Nullable BackendRef origin, String namespace) {
        Stream<String> said = spec.internalAuthorities().stream().map(name -> name.toLowerCase(Locale.ROOT));
        return Stream.concat(said, origin == null ? Stream.empty() : namesOf(origin, namespace))
                .distinct()
                .toList();
    }

    /** By which pods of the namespace, and of others, may call a Service. */
    private static Stream<String> namesOf(BackendRef service, String namespace) {
        String local = service.name() + "." + namespace;
        return Stream.of(service.name(), local, local + ".svc", local + ".svc.cluster.local")
                .flatMap(name -> service.port() == 80 || service.port() == 443
                        ? Stream.of(name + ":" + service.port(), name)
                        : Stream.of(name + ":" + service.port()));
    }
}
