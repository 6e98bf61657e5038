package io.pagecache.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shared libraries that programs ask for, where the loader of this machine finds them. */
final class MachineLibraries {
    private static final Pattern FOUND = Pattern.compile("(?m)^\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)$");
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private MachineLibraries() {}

    /**
     * @param programs folders with executables and libraries; what is in them is not listed again
     * @return by the path that the loader looks at: libraries of the system by their own, others beside them
     */
    static Map<String, Path> of(List<Path> programs) {
        Map<String, Path> libraries = new TreeMap<>();
        for (Path folder : programs) {
            for (Path file : Tree.files(folder)) {
                if (isElf(file)) {
                    asked(file).forEach((path, library) -> {
                        if (programs.stream().noneMatch(library::startsWith)) {
                            libraries.put(path, library);
                        }
                    });
                }
            }
        }
        String systemFolder = libraries.keySet().stream()
                .filter(path -> path.endsWith("/libc.so.6"))
                .map(path -> path.substring(0, path.lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow(() -> new BadRequest("no glibc on this machine: give --base or --base-tar"));
        Map<String, Path> placed = new TreeMap<>();
        libraries.forEach(
                (path, library) -> placed.put(isOfSystem(path) ? path : systemFolder + library.getFileName(), library));
        return placed;
    }

    private static boolean isOfSystem(String path) {
        return path.startsWith("/lib") || (path.startsWith("/usr/lib/") && !path.startsWith("/usr/lib/jvm/"));
    }

    private static Map<String, Path> asked(Path file) {
        Map<String, Path> found = new TreeMap<>();
        try {
            Process ldd = new ProcessBuilder("ldd", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher line = FOUND.matcher(said);
            while (line.find()) {
                found.put(line.group(1), Path.of(line.group(1)).normalize());
            }
            return found;
        } catch (IOException e) {
            throw new BadRequest("ldd is needed to find the libraries of this machine: " + e.getMessage());
        }
    }

    private static boolean isElf(Path file) {
        try (var in = Files.newInputStream(file)) {
            return java.util.Arrays.equals(in.readNBytes(ELF.length), ELF);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
