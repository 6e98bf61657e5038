package io.pagecache.proxy.caching;

import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A stage for all tests of a class, whose policy has nothing but an origin. */
abstract class BareStage {
    @TempDir
    static Path directory;

    static Stage stage;

    @BeforeAll
    static void open() {
        stage = new Stage(directory, SamplePlan.bare());
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }
}
