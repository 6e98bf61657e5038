package io.pagecache.e2e.pod;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a container image: a command line, which a container's {@code command} replaces and to which its
 * {@code args} are added, and the image's environment, over which the container's own goes.
 *
 * @param root a folder with all the files that the container sees, and may not change; null: it sees those of this machine
 */
public record ContainerImage(
        List<String> entrypoint,
        Map<String, String> environment,
        @Nullable Path root) {
    public ContainerImage {
        entrypoint = List.copyOf(entrypoint);
        environment = Map.copyOf(environment);
    }

    /** Files of this machine. */
    public ContainerImage(List<String> entrypoint, Map<String, String> environment) {
        this(entrypoint, environment, null);
    }

    /** A real image, unpacked into a folder; needs a machine that allows mounts. */
    public static ContainerImage unpacked(Path root, List<String> entrypoint) {
        return new ContainerImage(entrypoint, Map.of(), root);
    }

    public static ContainerImage command(String... entrypoint) {
        return new ContainerImage(List.of(entrypoint), Map.of());
    }

    /** A main class of the class path of this very JVM, on the same JDK. */
    public static ContainerImage java(Class<?> main, String... jvmOptions) {
        List<String> command = jvm(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return new ContainerImage(command, Map.of());
    }

    /** An executable jar on the JDK of this JVM. */
    public static ContainerImage jar(Path jar, String... jvmOptions) {
        List<String> command = jvm(jvmOptions);
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        return new ContainerImage(command, Map.of());
    }

    private static List<String> jvm(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        return command;
    }

    /** The same image with one more variable; {@code $(POD_IP)} in it becomes the address that the pod has to bind. */
    public ContainerImage with(String variable, String value) {
        Map<String, String> more = new java.util.HashMap<>(environment);
        more.put(variable, value);
        return new ContainerImage(entrypoint, more, root);
    }
}
