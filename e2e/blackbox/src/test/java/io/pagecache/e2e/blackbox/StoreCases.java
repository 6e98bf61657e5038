package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Answer;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.ValueStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters and messages that pages share with the application through a memcached or Redis. */
interface StoreCases extends Staged {
    Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    default void shouldCountAndTakeFromMemcached(@TempDir Path directory) {
        try (ValueStoreProcess store = ValueStoreProcess.memcached(directory)) {
            assertThat(store.says("set views:/memcached 0 0 2\r\n41")).startsWith("STORED");
            assertThat(store.says("set flash:ann 0 0 8\r\nSaved <3")).startsWith("STORED");

            shouldCountAndTake("/memcached", store.asMemcached("site"), directory);

            assertThat(store.says("get flash:ann")).startsWith("END");
        }
    }

    @Test
    default void shouldCountAndTakeFromRedis(@TempDir Path directory) {
        try (ValueStoreProcess store = ValueStoreProcess.redis(directory)) {
            assertThat(store.says("SET views:/redis 41")).startsWith("+OK");
            assertThat(store.says("SET flash:ann \"Saved <3\"")).startsWith("+OK");

            shouldCountAndTake("/redis", store.asRedis("site"), directory);

            assertThat(store.says("EXISTS flash:ann")).startsWith(":0");
        }
    }

    private void shouldCountAndTake(String path, ValueStore store, Path directory) {
        stage().origin
                .on(
                        path,
                        (turn, request) -> Answer.text(
                                "<!--pc:incr views-->;<!--pc:if flash--><!--pc:pop flash--><!--pc:end-->",
                                "Content-Type",
                                Stage.HTML));
        Pages pages = new Pages(
                new Pages.Markers("<!--pc:", "-->"),
                List.of(
                        value("views", new ValueSource.Counter("site", "views:{path}")),
                        value(
                                "flash",
                                new ValueSource.Entry("site", "flash:{cookie:sid}", ValueSource.Entry.Format.TEXT))),
                List.of(),
                List.of(store),
                PATIENCE);
        WireFolder folder =
                stage().served(directory, PlanWith.pages(stage().site.plan("r1"), pages));
        try (ProxyProcess proxy = stage().started(folder);
                Visitor visitor = new Visitor(proxy.url())) {
            String first = visitor.get(path, "Cookie", "sid=bob").text();
            String anns = visitor.get(path, "Cookie", "sid=ann").text();
            String again = visitor.get(path, "Cookie", "sid=ann").text();

            assertThat(first).isEqualTo("42;");
            assertThat(anns).isEqualTo("43;Saved &lt;3");
            assertThat(again).isEqualTo("44;");
            assertThat(stage().origin.requestsFor(path)).isEqualTo(1);
        }
    }

    private static Pages.Value value(String name, ValueSource source) {
        return new Pages.Value(name, source, Duration.ZERO, PATIENCE, null);
    }
}
