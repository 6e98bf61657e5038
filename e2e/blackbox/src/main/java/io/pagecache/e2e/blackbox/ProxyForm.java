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
        Path jar = root.resolve("dataplane/proxy/target/quarkus-app/quarkus-run.jar");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProxyForm(
                "JVM",
                jar,
                List.of(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        jar.toString()));
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
