package io.pagecache.standalone.serve;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.operator.compile.ReferencedObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where Secrets, ConfigMaps and volumes are on this machine: as files, the way a pod has them mounted.
 *
 * @param root holds {@code secret/NAME/KEY} and so on
 */
public record LocalReferences(Path root) {
    private static final String VARIABLE = "PAGECACHE_REFERENCES_DIR";

    /** Where a pod has them: the proxy's own default. */
    private static final String IN_PODS = "/etc/pagecache/references";

    /** What is missing, as a field of the policy and a sentence. */
    public record Missing(String field, String message) {}

    public static LocalReferences fromEnvironment() {
        return named().orElseGet(() -> new LocalReferences(Path.of(IN_PODS)));
    }

    /** The folder that the environment names, if it does. */
    public static Optional<LocalReferences> named() {
        return Optional.ofNullable(System.getenv(VARIABLE)).map(name -> new LocalReferences(Path.of(name)));
    }

    public List<Missing> missing(PageCachePolicySpec spec) {
        return ReferencedObject.ofPages(spec).stream()
                .flatMap(object -> object.files().stream()
                        .map(file -> root.resolve(Path.of(object.kind().folder(), object.name(), file)))
                        .filter(path -> !Files.isReadable(path))
                        .map(path -> new Missing(
                                object.field(),
                                "there is no readable file %s: expected that of %s %s; %s names the folder"
                                        .formatted(path, object.kind(), object.name(), VARIABLE))))
                .toList();
    }

    Map<String, String> environment() {
        return Map.of(VARIABLE, root.toString());
    }
}
