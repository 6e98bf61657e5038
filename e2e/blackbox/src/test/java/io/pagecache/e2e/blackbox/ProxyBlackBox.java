package io.pagecache.e2e.blackbox;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every form of the proxy does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyBlackBox
        implements PageCases,
                PurgeCases,
                PersonalCases,
                StoreCases,
                TlsCases,
                Http2Cases,
                AuthorCases,
                WireCases,
                ManagementCases,
                LifeCases {
    private Stage stage;

    /** Which form is under test. */
    abstract ProxyForm form();

    @BeforeAll
    void start(@TempDir Path directory) {
        stage = new Stage(form(), directory);
    }

    @AfterAll
    void stop() {
        if (stage != null) {
            stage.close();
        }
    }

    @Override
    public Stage stage() {
        return stage;
    }
}
