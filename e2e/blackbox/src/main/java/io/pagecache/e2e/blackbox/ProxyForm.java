package io.pagecache.e2e.blackbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A form in which the proxy is built.
 *
 * @param name as it appears in reports
 * @param artifact the file that the build makes
 * @param command starts it
 */
public record ProxyForm(String name, Path artifact, List<String> command) {

    /** The jar, on the JVM that runs this code, with the options of the image. */
    public static ProxyForm jvm(Path root) {
        return jar(root, "JVM", JavaApplication.proxy(root).jar(), List.of());
    }

    /** The same with its AOT cache, without which it refuses to start. */
    public static ProxyForm aot(Path root) {
        Path cache = root.resolve("dataplane/proxy/target/aot/pagecache-proxy.aot");
        return jar(root, "JVM with AOT cache", cache, List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache));
    }

    /** The same on Java's own sockets, as the native executable has them, instead of epoll. */
    public static ProxyForm aotOnNio(Path root) {
        ProxyForm aot = aot(root);
        Path cache = aot.artifact();
        return jar(
                root,
                "JVM with AOT cache, NIO",
                cache,
                List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-Dquarkus.vertx.prefer-native-transport=false"));
    }

    private static ProxyForm jar(Path root, String name, Path artifact, List<String> more) {
        return new ProxyForm(name, artifact, JavaApplication.proxy(root).command(more));
    }

    /** The native executable. */
    public static ProxyForm nativeExecutable(Path root) {
        Path executable = root.resolve("dataplane/proxy/target/pagecache-proxy-runner");
        return new ProxyForm("native", executable, List.of(executable.toString()));
    }

    public boolean isBuilt() {
        return Files.isRegularFile(artifact);
    }

    @Override
    public String toString() {
        return name;
    }
}
