package io.pagecache.e2e.pod;

import io.pagecache.e2e.process.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a container sees its volumes at the paths of its spec: through a mount namespace where this user may make one (as root,
 * or with user namespaces), otherwise by rewriting those paths wherever its command line and variables name them.
 */
public final class Isolation {
    private static final List<String> AS_ROOT = List.of("unshare", "--mount", "--propagation", "private");
    private static final List<String> AS_USER =
            List.of("unshare", "--user", "--map-root-user", "--mount", "--propagation", "private");

    private final List<String> namespace;
    private final Path script;

    private Isolation(List<String> namespace, Path script) {
        this.namespace = namespace;
        this.script = script;
    }

    /** The best that this machine allows; the mount script is put into the folder. */
    public static Isolation detect(Path folder) {
        Path script = folder.resolve("mounts.sh");
        try (InputStream source = Objects.requireNonNull(Isolation.class.getResourceAsStream("mounts.sh"))) {
            java.nio.file.Files.copy(source, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (works(AS_ROOT, folder)) {
            return new Isolation(AS_ROOT, script);
        }
        return new Isolation(works(AS_USER, folder) ? AS_USER : List.of(), script);
    }

    private static boolean works(List<String> namespace, Path folder) {
        List<String> command = new ArrayList<>(namespace);
        command.addAll(List.of("mount", "--bind", folder.toString(), folder.toString()));
        return Tool.works(command.toArray(String[]::new));
    }

    /** Whether containers have their own view of files, hence their own {@code /etc/hosts} and {@code /etc/resolv.conf}. */
    public boolean hasMounts() {
        return !namespace.isEmpty();
    }

    /** What to run, and with which variables. */
    record Launch(List<String> command, Map<String, String> environment) {}

    /**
     * What a container sees beside its mounts.
     *
     * @param layers a folder for what it may change of this machine's files
     * @param root its own files; null: this machine's
     */
    record Files(Path layers, @Nullable Path root) {}

    Launch launch(List<String> command, Map<String, String> environment, List<Mount> mounts, Files files) {
        return hasMounts()
                ? new Launch(inNamespace(command, mounts, files), environment)
                : rewritten(command, environment, mounts);
    }

    private List<String> inNamespace(List<String> command, List<Mount> mounts, Files files) {
        List<String> full = new ArrayList<>(namespace);
        full.addAll(List.of("sh", script.toString(), files.layers().toString()));
        full.add(files.root() == null ? "/" : files.root().toAbsolutePath().toString());
        // Outer paths first, so that a mount below another one is not hidden by it.
        mounts.stream()
                .sorted(Comparator.comparingInt(mount -> mount.target().length()))
                .forEach(mount -> {
                    full.add(mount.source().toString());
                    full.add(mount.target());
                    full.add(mount.readOnly() ? "ro" : "rw");
                });
        full.add("--");
        full.addAll(command);
        return full;
    }

    static Launch rewritten(List<String> command, Map<String, String> environment, List<Mount> mounts) {
        List<Mount> innerFirst = mounts.stream()
                .sorted(Comparator.comparingInt((Mount mount) -> mount.target().length())
                        .reversed())
                .toList();
        Map<String, String> variables = new TreeMap<>();
        environment.forEach((name, value) -> variables.put(name, rewrite(value, innerFirst)));
        return new Launch(
                command.stream().map(word -> rewrite(word, innerFirst)).toList(), variables);
    }

    private static String rewrite(String text, List<Mount> mounts) {
        String result = text;
        for (Mount mount : mounts) {
            Pattern path = Pattern.compile("(?<![\\w/.-])" + Pattern.quote(mount.target()) + "(?![\\w.-])");
            result = path.matcher(result)
                    .replaceAll(Matcher.quoteReplacement(mount.source().toString()));
        }
        return result;
    }

    /** The command line that runs a command inside a running container. */
    List<String> enter(long pid, List<String> command) {
        List<String> full = new ArrayList<>();
        if (hasMounts()) {
            full.addAll(List.of("nsenter", "--target", Long.toString(pid), "--mount"));
            if (namespace.equals(AS_USER)) {
                full.addAll(List.of("--user", "--preserve-credentials"));
            }
            full.add("--");
        }
        full.addAll(command);
        return full;
    }
}
