package io.pagecache.images;

import java.nio.file.Path;
import java.util.Map;

/** What an image stands on: glibc and its surroundings. Java comes with the image. */
public sealed interface Base {

    /** An image of a registry, in each architecture that is wanted. */
    record Reference(String name) implements Base {}

    /** In files: images as {@code docker save} writes them, or archives of a root file system. */
    record Files(Map<Architecture, Path> tars) implements Base {
        public Files {
            tars = Map.copyOf(tars);
        }
    }

    /** The shared libraries of this machine that the programs ask for, and nothing else: for tests, not for release. */
    record ThisMachine() implements Base {}
}
