package io.pagecache.e2e.blackbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that a JVM runs.
 *
 * @param java the JVM's launcher
 * @param options an argument file for it
 * @param jar the application with its libraries beside it
 */
public record JavaApplication(Path java, Path options, Path jar) {

    /** The proxy of this checkout, on the JVM that runs this code. */
    public static JavaApplication proxy(Path root) {
        return new JavaApplication(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                root.resolve("dataplane/proxy/src/main/image/java.options"),
                root.resolve("dataplane/proxy/target/quarkus-app/quarkus-run.jar"));
    }

    /** @param more options of the JVM */
    public List<String> command(List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.add("@" + options);
        command.addAll(more);
        command.addAll(List.of("-jar", jar.toString()));
        return List.copyOf(command);
    }
}
