package io.pagecache.images;

import java.nio.file.Path;
import java.util.List;

/** {@code ./pagecache images}. */
public final class ImagesMain {
    private ImagesMain() {}

    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("pagecache.root", "."))
                .toAbsolutePath()
                .normalize();
        try {
            ImagesRequest request = ImagesRequest.parse(root, List.of(arguments));
            if (request.base() instanceof Base.ThisMachine) {
                System.err.println("The images stand on this machine's libraries: for tests, never for release.");
            }
            for (Path image : new ImageBuild(request).run()) {
                OciArchive archive = OciArchive.read(image);
                System.out.printf("%s  %s%n", image, archive.platforms());
                for (String platform : archive.platforms()) {
                    Architecture architecture = Architecture.of(platform.substring(platform.indexOf('/') + 1));
                    System.out.printf("  %s  %s%n", platform, archive.digest(architecture));
                }
            }
            System.exit(0);
        } catch (BadRequest e) {
            System.err.println("pagecache: " + e.getMessage());
            System.exit(2);
        }
    }
}
