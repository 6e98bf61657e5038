package io.pagecache.proxy.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Http;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("No-Vary-Search on the wire")
class NoVarySearchIT {
    @TempDir
    Path directory;

    @Test
    @DisplayName(
            "HARDENING E8: a parameter that tells nothing apart leaves the key, and does not reach the origin either")
    void shouldShareAPageAmongQueriesThatMeanTheSame() throws Exception {
        SamplePlan plan = SamplePlan.bare();
        plan.http = new Http(100, true);
        try (Stage stage = new Stage(directory, plan)) {
            CachedPage page = new CachedPage(stage)
                    .says("Cache-Control: max-age=3600 || No-Vary-Search: params=(\"utm\"), key-order");
            stage.visitor.get(page.path + "?utm=1&b=2&a=1");
            stage.visitor.get(page.path + "?utm=2&b=2&a=1");
            assertThat(page.lastSeen().uri()).isEqualTo(page.path + "?a=1&b=2");

            assertThat(stage.visitor.get(page.path + "?a=1&utm=3&b=2").cacheStatus())
                    .contains("hit");
            assertThat(stage.visitor.get(page.path + "?a=2&utm=3&b=2").cacheStatus())
                    .doesNotContain("hit");
            assertThat(page.asked()).isEqualTo(3);

            stage.visitor.post(page.path + "?b=2&a=1&utm=9", "x");
            assertThat(page.lastSeen().uri()).isEqualTo(page.path + "?b=2&a=1&utm=9");
            assertThat(stage.visitor.get(page.path + "?a=1&b=2").cacheStatus()).doesNotContain("hit");
        }
    }

    @Test
    @DisplayName("without the policy's leave every parameter counts")
    void shouldCountEveryParameterByDefault() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.bare())) {
            CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600 || No-Vary-Search: params");
            stage.visitor.get(page.path + "?a=1");
            stage.visitor.get(page.path + "?a=2");
            stage.visitor.get(page.path + "?a=3");

            assertThat(page.asked()).isEqualTo(3);
        }
    }
}
