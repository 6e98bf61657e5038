package io.pagecache.images;

import io.pagecache.e2e.blackbox.AotTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application of ours that runs on a JVM.
 *
 * @param image its name
 * @param module where it was built
 * @param options the argument file with which a JVM runs it
 * @param training keeps it busy while its AOT cache is recorded
 */
record JvmApplication(
        String image, String description, Path module, Path options, List<Integer> ports, AotTraining.Run training) {
    /** Where everything of ours is in an image. */
    static final String HOME = "/pagecache";

    static JvmApplication proxy(Path root) {
        Path module = root.resolve("dataplane/proxy");
        return new JvmApplication(
                "pagecache-proxy",
                "Pagecache's proxy on a JVM: a page cache for Kubernetes.",
                module,
                module.resolve("src/main/image/java.options"),
                List.of(8080, 9000),
                AotTraining::serve);
    }

    static JvmApplication operator(Path root) {
        Path module = root.resolve("operator/app");
        return new JvmApplication(
                "pagecache-operator",
                "Pagecache's operator: a page cache for Kubernetes.",
                module,
                module.resolve("src/main/image/java.options"),
                List.of(9000),
                OperatorTraining::run);
    }

    Path libraries() {
        return module.resolve("target/bom.json");
    }

    /** Copies what the image holds of it, with the times that it has there: an AOT cache goes by them. */
    void stage(Path home) {
        Path built = module.resolve("target/quarkus-app");
        if (!Files.exists(built.resolve("quarkus-run.jar"))) {
            throw new BadRequest(built + " is missing: run ./pagecache build");
        }
        Tree.delete(home.resolve("app"));
        Tree.copy(built, home.resolve("app"), path -> !path.toString().endsWith("-dependencies.txt"));
        try {
            Files.copy(options, home.resolve("java.options"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Tree.settle(home.resolve("app"));
    }

    /** @param cache null where none can be made */
    ImageRecipe recipe(Architecture architecture, Path home, Path runtime, @Nullable Path cache) {
        List<ImageRecipe.Layer> layers = new ArrayList<>();
        layers.add(new ImageRecipe.Layer("runtime", Map.of(HOME + "/runtime", runtime)));
        layers.add(new ImageRecipe.Layer("libraries", Map.of(HOME + "/app/lib", home.resolve("app/lib"))));
        layers.add(new ImageRecipe.Layer(
                "application",
                Map.of(
                        HOME + "/app/app", home.resolve("app/app"),
                        HOME + "/app/quarkus", home.resolve("app/quarkus"),
                        HOME + "/app/quarkus-run.jar", home.resolve("app/quarkus-run.jar"),
                        HOME + "/java.options", home.resolve("java.options"))));
        layers.add(new ImageRecipe.Layer("bill", Map.of(HOME + "/sbom.json", home.resolve("sbom.json"))));
        List<String> command = new ArrayList<>(List.of(HOME + "/runtime/bin/java", "@" + HOME + "/java.options"));
        if (cache != null) {
            layers.add(new ImageRecipe.Layer("aot-cache", Map.of(HOME + "/application.aot", cache)));
            command.add("-XX:AOTCache=" + HOME + "/application.aot");
        }
        command.addAll(List.of("-jar", HOME + "/app/quarkus-run.jar"));
        return new ImageRecipe(image, architecture, description, layers, command, ports);
    }
}
