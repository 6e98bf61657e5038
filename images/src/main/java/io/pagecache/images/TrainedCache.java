package io.pagecache.images;

import io.pagecache.e2e.blackbox.AotTraining;
import io.pagecache.e2e.blackbox.JavaApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The AOT cache of an application in its staged form. Two trainings never leave the same bytes, so a cache is kept for as long as
 * what it was made from is the same; that keeps the image's digest too.
 */
final class TrainedCache {
    private final JvmApplication application;

    TrainedCache(JvmApplication application) {
        this.application = application;
    }

    Path upToDate(Path home, Path runtime, JavaApplication staged) {
        Path cache = home.resolve("application.aot");
        Path madeFrom = home.resolveSibling("aot-cache-made-from");
        String inputs = Tree.digest(List.of(home.resolve("app"), runtime)) + optionsOf(staged);
        try {
            if (!Files.exists(cache)
                    || !Files.exists(madeFrom)
                    || !Files.readString(madeFrom).equals(inputs)) {
                Files.deleteIfExists(madeFrom);
                new AotTraining(staged, application.training()).make(cache);
                Files.writeString(madeFrom, inputs);
            }
            return cache;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String optionsOf(JavaApplication staged) {
        try {
            return "\n" + Files.readString(staged.options());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
