package io.pagecache.e2e;

import io.pagecache.e2e.pod.ContainerImage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which program stands for which image. An exact reference wins over a name without its tag or digest, so a test can run two
 * versions of one image side by side.
 */
public final class ImageCatalog {
    private final Map<String, ContainerImage> images = new ConcurrentHashMap<>();

    /** Adds or replaces an image; containers that start from now on run it. */
    public ImageCatalog add(String reference, ContainerImage image) {
        images.put(reference, image);
        return this;
    }

    public Optional<ContainerImage> find(String reference) {
        ContainerImage exact = images.get(reference);
        return exact != null ? Optional.of(exact) : Optional.ofNullable(images.get(nameOf(reference)));
    }

    private static String nameOf(String reference) {
        String untilDigest = reference.replaceFirst("@.*", "");
        int colon = untilDigest.lastIndexOf(':');
        return colon > untilDigest.lastIndexOf('/') ? untilDigest.substring(0, colon) : untilDigest;
    }
}
