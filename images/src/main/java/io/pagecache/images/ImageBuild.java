package io.pagecache.images;

import io.pagecache.e2e.blackbox.JavaApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes the images of a checkout: operator and proxy on a JVM, and the proxy's native executable where it has been built. */
public final class ImageBuild {
    /** The time of the images: like that of the jars it does not tell when they were made. */
    private static final Instant CREATED = Instant.parse("2026-11-22T00:00:00Z");

    private final ImagesRequest request;
    private final Path stage;
    private final ImageWriter writer;
    private final String version;

    public ImageBuild(ImagesRequest request) {
        this.request = request;
        this.stage = request.output().resolve("stage");
        this.version = System.getProperty("pagecache.version", "0.1.0-SNAPSHOT");
        this.writer = new ImageWriter(request, request.output().resolve("layers"), CREATED, version);
    }

    /** @return the files, one for each image */
    public List<Path> run() {
        List<Path> images = new ArrayList<>();
        images.add(proxyOnJvm(request.output().resolve("pagecache-proxy.tar")));
        images.add(
                onJvm(JvmApplication.operator(request.root()), request.output().resolve("pagecache-operator.tar")));
        Path executable = request.root().resolve("dataplane/proxy/target/pagecache-proxy-runner");
        if (Files.exists(executable)) {
            images.add(nativeProxy(executable));
        }
        return images;
    }

    Path proxyOnJvm(Path tar) {
        return onJvm(JvmApplication.proxy(request.root()), tar);
    }

    private Path onJvm(JvmApplication application, Path tar) {
        Map<Architecture, ImageRecipe> recipes = new EnumMap<>(Architecture.class);
        Path home = stage.resolve(application.image()).resolve(JvmApplication.HOME.substring(1));
        application.stage(home);
        Path runtime = runtimeHere();
        Path cache = new TrainedCache(application)
                .upToDate(
                        home,
                        runtime,
                        new JavaApplication(
                                runtime.resolve("bin/java"),
                                home.resolve("java.options"),
                                home.resolve("app/quarkus-run.jar")));
        SoftwareBill.write(application.libraries(), javaPlatform(), home.resolve("sbom.json"));
        publishBill(application.image(), home.resolve("sbom.json"));
        recipes.put(Architecture.here(), application.recipe(Architecture.here(), home, runtime, cache));
        request.javaHomes()
                .forEach((architecture, javaHome) -> recipes.put(
                        architecture,
                        application.recipe(
                                architecture,
                                home,
                                settled(JavaRuntime.copy(javaHome, stage.resolve("runtime-" + architecture))),
                                null)));
        return write(application.image(), recipes, tar);
    }

    private Path runtimeHere() {
        Path runtime = stage.resolve("runtime-" + Architecture.here());
        return Files.exists(runtime.resolve("bin/java")) && isOfThisJdk(runtime)
                ? runtime
                : settled(JavaRuntime.link(runtime));
    }

    private static boolean isOfThisJdk(Path runtime) {
        try {
            return Files.readString(runtime.resolve("release"))
                            .contains("\"" + Runtime.version().feature())
                    && Files.readString(runtime.resolve("release")).contains(System.getProperty("java.version"));
        } catch (IOException e) {
            return false;
        }
    }

    private static Path settled(Path folder) {
        Tree.settle(folder);
        return folder;
    }

    private Path nativeProxy(Path executable) {
        String image = "pagecache-proxy-native";
        Path home = stage.resolve(image).resolve(JvmApplication.HOME.substring(1));
        Tree.delete(home);
        try {
            Files.createDirectories(home);
            Files.copy(executable, home.resolve("pagecache-proxy"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SoftwareBill.write(
                request.root().resolve("dataplane/proxy/target/bom.json"),
                new SoftwareBill.Platform("GraalVM native image", System.getProperty("java.version")),
                home.resolve("sbom.json"));
        publishBill(image, home.resolve("sbom.json"));
        ImageRecipe recipe = new ImageRecipe(
                image,
                Architecture.here(),
                "Pagecache's proxy as a native executable: a page cache for Kubernetes.",
                List.of(
                        new ImageRecipe.Layer(
                                "program",
                                Map.of(JvmApplication.HOME + "/pagecache-proxy", home.resolve("pagecache-proxy"))),
                        new ImageRecipe.Layer(
                                "bill", Map.of(JvmApplication.HOME + "/sbom.json", home.resolve("sbom.json")))),
                List.of(JvmApplication.HOME + "/pagecache-proxy"),
                List.of(8080, 9000));
        return write(
                image, Map.of(Architecture.here(), recipe), request.output().resolve(image + ".tar"));
    }

    private static SoftwareBill.Platform javaPlatform() {
        return new SoftwareBill.Platform(
                "OpenJDK runtime", System.getProperty("java.vendor.version", "") + " " + Runtime.version());
    }

    private void publishBill(String image, Path bill) {
        try {
            Files.copy(
                    bill,
                    request.output().resolve(image + ".cdx.json"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String image, Map<Architecture, ImageRecipe> recipes, Path tar) {
        Map<Architecture, Path> parts = new EnumMap<>(Architecture.class);
        recipes.forEach((architecture, recipe) -> {
            Path part = stage.resolve(image + "-" + architecture + ".tar");
            writer.write(Foundation.under(recipe, request.base(), stage), part);
            parts.put(architecture, part);
        });
        OciMerge.write(parts, image + ":" + version, tar);
        return tar;
    }
}
