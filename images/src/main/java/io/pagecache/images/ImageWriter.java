package io.pagecache.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes one image of one architecture as an OCI layout in a tar file: the same input makes the same bytes. */
final class ImageWriter {
    /** Nobody: a user and a group with no name and no rights. */
    static final String USER = "65532:65532";

    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
    private static final FilePermissions READABLE = FilePermissions.fromOctalString("644");

    private final Base base;
    private final Path layerCache;
    private final String version;
    private final String revision;
    private final Instant created;

    /** @param layerCache a folder that this writer may fill */
    ImageWriter(ImagesRequest request, Path layerCache, Instant created, String version) {
        this.base = request.base();
        this.revision = request.revision();
        this.layerCache = layerCache;
        this.created = created;
        this.version = version;
    }

    /** @throws BadRequest when the base cannot be had */
    void write(ImageRecipe recipe, Path tar) {
        try {
            JibContainerBuilder image = standing(recipe)
                    .setPlatforms(Set.of(new Platform(recipe.architecture().toString(), "linux")))
                    .setFormat(ImageFormat.OCI)
                    .setCreationTime(created)
                    .setUser(USER)
                    .setWorkingDirectory(AbsoluteUnixPath.get("/"))
                    .setEntrypoint(recipe.entrypoint())
                    .setExposedPorts(recipe.ports().stream().map(Port::tcp).collect(Collectors.toSet()))
                    .setLabels(labels(recipe));
            for (ImageRecipe.Layer layer : recipe.layers()) {
                image.addFileEntriesLayer(layer(layer));
            }
            image.containerize(Containerizer.to(TarImage.at(tar).named(recipe.name() + ":" + version))
                    .setApplicationLayersCache(layerCache)
                    .setBaseImageLayersCache(layerCache)
                    .setOfflineMode(!(base instanceof Base.Reference))
                    .setToolName("pagecache")
                    .addEventHandler(LogEvent.class, event -> {}));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (BadRequest e) {
            throw e;
        } catch (Exception e) {
            throw new BadRequest("the image " + recipe.name() + " (" + recipe.architecture() + ") on " + base
                    + " could not be made: " + e + hint());
        }
    }

    private String hint() {
        return base instanceof Base.Reference
                ? ". Where no registry can be reached: --base-tar FILE, or for tests --this-machine"
                : "";
    }

    private JibContainerBuilder standing(ImageRecipe recipe) throws Exception {
        return switch (base) {
            case Base.Reference(String name) -> {
                RegistryImage image = RegistryImage.named(name);
                CredentialRetrieverFactory.forImage(
                                com.google.cloud.tools.jib.api.ImageReference.parse(name), event -> {})
                        .dockerConfig()
                        .retrieve()
                        .ifPresent(known -> image.addCredential(known.getUsername(), known.getPassword()));
                yield Jib.from(image);
            }
            case Base.Files(Map<Architecture, Path> tars) ->
                Jib.from(TarImage.at(RootFiles.asImage(
                        Objects.requireNonNull(tars.get(recipe.architecture())),
                        recipe.architecture(),
                        layerCache.resolveSibling("stage"))));
            case Base.ThisMachine() -> Jib.fromScratch();
        };
    }

    private Map<String, String> labels(ImageRecipe recipe) {
        Map<String, String> labels = new TreeMap<>(Map.of(
                "org.opencontainers.image.title",
                recipe.name(),
                "org.opencontainers.image.description",
                recipe.description(),
                "org.opencontainers.image.version",
                version,
                "org.opencontainers.image.licenses",
                "MIT",
                "org.opencontainers.image.created",
                created.toString()));
        if (!revision.isEmpty()) {
            labels.put("org.opencontainers.image.revision", revision);
        }
        if (base instanceof Base.Reference(String name)) {
            labels.put("org.opencontainers.image.base.name", name);
        }
        return labels;
    }

    private static FileEntriesLayer layer(ImageRecipe.Layer layer) throws IOException {
        FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
        for (Map.Entry<String, Path> file : new TreeMap<>(layer.files()).entrySet()) {
            entries.addEntryRecursive(
                    file.getValue(),
                    AbsoluteUnixPath.get(file.getKey()),
                    (source, path) -> Files.isExecutable(source) ? EXECUTABLE : READABLE,
                    (source, path) -> Tree.FILE_TIME);
        }
        return entries.build();
    }
}
