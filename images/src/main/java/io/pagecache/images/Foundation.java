package io.pagecache.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands in for a base image: the libraries of this machine and the few files that programs expect. */
final class Foundation {
    private static final Map<String, String> FILES = Map.of(
            "etc/passwd", "nonroot:x:65532:65532:nonroot:/nonexistent:/nonexistent\n",
            "etc/group", "nonroot:x:65532:\n",
            "etc/nsswitch.conf", "hosts: files dns\n");

    private Foundation() {}

    /** The recipe as it is on a base image; with one more layer below it where there is none. */
    static ImageRecipe under(ImageRecipe recipe, Base base, Path stage) {
        return switch (base) {
            case Base.Reference reference -> recipe;
            case Base.Files(Map<Architecture, Path> tars) -> {
                if (!tars.containsKey(recipe.architecture())) {
                    throw new BadRequest("no --base-tar for " + recipe.architecture());
                }
                yield recipe;
            }
            case Base.ThisMachine() -> onThisMachine(recipe, stage);
        };
    }

    private static ImageRecipe onThisMachine(ImageRecipe recipe, Path stage) {
        if (recipe.architecture() != Architecture.here()) {
            throw new BadRequest("this machine has no libraries for " + recipe.architecture()
                    + ": give --base, or --base-tar " + recipe.architecture() + "=FILE");
        }
        Map<String, Path> files = new LinkedHashMap<>();
        FILES.forEach((name, text) ->
                files.put("/" + name, written(stage.resolve("foundation").resolve(name), text)));
        List<Path> programs = new ArrayList<>();
        recipe.layers().forEach(layer -> programs.addAll(layer.files().values()));
        files.putAll(MachineLibraries.of(programs));
        List<ImageRecipe.Layer> layers = new ArrayList<>();
        layers.add(new ImageRecipe.Layer("foundation", files));
        layers.addAll(recipe.layers());
        return new ImageRecipe(
                recipe.name(),
                recipe.architecture(),
                recipe.description(),
                layers,
                recipe.entrypoint(),
                recipe.ports());
    }

    private static Path written(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
