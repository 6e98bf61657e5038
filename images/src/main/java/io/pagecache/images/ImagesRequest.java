package io.pagecache.images;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What is to be made.
 *
 * @param root the checkout, built
 * @param output where the images go
 * @param javaHomes a JDK for each architecture other than this machine's
 * @param revision of the sources; empty when it is not known
 */
public record ImagesRequest(Path root, Path output, Base base, Map<Architecture, Path> javaHomes, String revision) {
    /** glibc and nothing else, for both architectures, without a shell. */
    static final String DEFAULT_BASE = "chainguard/glibc-dynamic:latest";

    public ImagesRequest {
        javaHomes = Map.copyOf(javaHomes);
    }

    /** With nothing but this machine. */
    public static ImagesRequest local(Path root, Path output) {
        return new ImagesRequest(root, output, new Base.ThisMachine(), Map.of(), "");
    }

    /**
     * Reads {@code --base REF}, {@code --base-tar [ARCH=]FILE}, {@code --this-machine}, {@code --jdk ARCH=DIR}, {@code --revision
     * ID}.
     *
     * @throws BadRequest for anything else
     */
    public static ImagesRequest parse(Path root, List<String> arguments) {
        String reference = "";
        String revision = "";
        boolean isThisMachine = false;
        Map<Architecture, Path> tars = new EnumMap<>(Architecture.class);
        Map<Architecture, Path> javaHomes = new EnumMap<>(Architecture.class);
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String option = words.next();
            switch (option) {
                case "--base" -> reference = valueOf(option, words);
                case "--base-tar" -> put(tars, valueOf(option, words), option);
                case "--this-machine" -> isThisMachine = true;
                case "--jdk" -> put(javaHomes, valueOf(option, words), option);
                case "--revision" -> revision = valueOf(option, words);
                default ->
                    throw new BadRequest("unknown option '" + option
                            + "': expected --base, --base-tar, --this-machine, --jdk or --revision");
            }
        }
        return new ImagesRequest(
                root, root.resolve(".build/images"), base(reference, tars, isThisMachine), javaHomes, revision);
    }

    private static Base base(String reference, Map<Architecture, Path> tars, boolean isThisMachine) {
        int given = (reference.isEmpty() ? 0 : 1) + (tars.isEmpty() ? 0 : 1) + (isThisMachine ? 1 : 0);
        if (given > 1) {
            throw new BadRequest("give one of --base, --base-tar and --this-machine");
        }
        if (isThisMachine) {
            return new Base.ThisMachine();
        }
        return tars.isEmpty()
                ? new Base.Reference(reference.isEmpty() ? DEFAULT_BASE : reference)
                : new Base.Files(tars);
    }

    private static String valueOf(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new BadRequest(option + " needs a value");
        }
        return words.next();
    }

    private static void put(Map<Architecture, Path> paths, String value, String option) {
        int equals = value.indexOf('=');
        Architecture architecture = equals < 0 ? Architecture.here() : Architecture.of(value.substring(0, equals));
        Path path = Path.of(value.substring(equals + 1)).toAbsolutePath();
        if (!Files.exists(path)) {
            throw new BadRequest(option + " names " + path + ", which does not exist");
        }
        paths.put(architecture, path);
    }
}
