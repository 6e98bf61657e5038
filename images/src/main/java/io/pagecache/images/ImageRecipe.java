package io.pagecache.images;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One image for one architecture.
 *
 * @param name of the image and of its file
 * @param description for people who find the image
 * @param layers lowest first
 * @param ports that the program listens on
 */
record ImageRecipe(
        String name,
        Architecture architecture,
        String description,
        List<Layer> layers,
        List<String> entrypoint,
        List<Integer> ports) {

    /** @param files by their path in the image: a file, or a folder with all that is in it */
    record Layer(String name, Map<String, Path> files) {}

    ImageRecipe {
        layers = List.copyOf(layers);
        entrypoint = List.copyOf(entrypoint);
        ports = List.copyOf(ports);
    }
}
