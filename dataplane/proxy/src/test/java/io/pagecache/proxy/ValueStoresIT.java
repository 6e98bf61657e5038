package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.ValueSource.Entry.Format;
import io.pagecache.plan.ValueStore;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.StoreProcess;
import io.pagecache.proxy.actors.StoreProcess.Kind;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counters and entries of real stores: Debian's memcached and Redis. */
@Tag("seed:T12")
@Tag("seed:T28")
@Tag("seed:T30")
@Tag("seed:T31")
@Tag("seed:T32")
@Tag("seed:T33")
class ValueStoresIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Tag("seed:T13")
    @Tag("seed:T27")
    @DisplayName("T13, T27: a page from the cache counts its views in the application's store")
    void shouldCountEachView(Kind kind) throws Exception {
        try (StoreProcess store = StoreProcess.start(kind);
                Stage stage = stage(store, counter("views", "views:{path}"))) {
            stage.origin.answers("/p", "<p><!--pc:incr views | number--> views</p>", "Content-Type", "text/html");
            store.holds("views:/p", "41");

            String first = stage.visitor.get("/p").text();
            String second = stage.visitor.get("/p").text();

            assertThat(first).isEqualTo("<p>42 views</p>");
            assertThat(second).isEqualTo("<p>43 views</p>");
            assertThat(stage.origin.requestsFor("/p")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("T27: incr and decr begin at 0, add up within a page, and HEAD does not count")
    void shouldCountUpAndDown(Kind kind) throws Exception {
        try (StoreProcess store = StoreProcess.start(kind);
                Stage stage = stage(store, counter("views", "views:{path}"))) {
            stage.origin.answers("/up", "<!--pc:incr views 5--> <!--pc:incr views-->", "Content-Type", "text/html");
            stage.origin.answers(
                    "/up-down", "<!--pc:incr views 3--> <!--pc:decr views-->", "Content-Type", "text/html");
            stage.origin.answers("/look", "<!--pc:get views-->", "Content-Type", "text/html");
            store.holds("views:/look", "7");

            assertThat(stage.visitor.get("/up").text()).isEqualTo("6 6");
            stage.visitor.head("/up");
            assertThat(stage.visitor.get("/up").text()).isEqualTo("12 12");
            assertThat(stage.visitor.get("/up-down").text()).isEqualTo("2 2");
            assertThat(stage.visitor.get("/look").text()).isEqualTo("7");
            assertThat(stage.visitor.get("/look").text()).isEqualTo("7");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("T27: pop shows a flash message once, to the reader it is for, and only where its branch is shown")
    void shouldShowAFlashMessageOnce(Kind kind) throws Exception {
        try (StoreProcess store = StoreProcess.start(kind);
                Stage stage = stage(store, entry("flash", "flash:{cookie:sid}", Format.TEXT))) {
            stage.origin.answers(
                    "/p",
                    "<!--pc:if flash--><b><!--pc:pop flash--></b><!--pc:else-->-<!--pc:end-->",
                    "Content-Type",
                    "text/html");
            store.holds("flash:ann", "Saved <3");

            Received looked = stage.visitor.head("/p", "Cookie", "sid=ann");
            String bobs = stage.visitor.get("/p", "Cookie", "sid=bob").text();
            String anns = stage.visitor.get("/p", "Cookie", "sid=ann").text();
            String again = stage.visitor.get("/p", "Cookie", "sid=ann").text();
            String nobodys = stage.visitor.get("/p").text();

            assertThat(looked.status()).isEqualTo(200);
            assertThat(bobs).isEqualTo("-");
            assertThat(anns).isEqualTo("<b>Saved &lt;3</b>");
            assertThat(again).isEqualTo("-");
            assertThat(nobodys).isEqualTo("-");
            assertThat(store.has("flash:ann")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("T27: however many ask at once, one of them gets what pop takes")
    void shouldGiveWhatIsTakenToOneReaderOnly(Kind kind) throws Exception {
        try (StoreProcess store = StoreProcess.start(kind);
                Stage stage = stage(store, entry("flash", "flash:{cookie:sid}", Format.TEXT))) {
            stage.origin.answers("/p", "<!--pc:pop flash \"-\"-->", "Content-Type", "text/html");
            stage.visitor.get("/p");
            store.holds("flash:ann", "once");

            List<Future<Received>> replies = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                replies.add(stage.visitor.asks("GET", "/p", null, "Cookie", "sid=ann"));
            }
            long shown = replies.stream()
                    .filter(reply ->
                            io.pagecache.proxy.actors.Sync.get(reply).text().equals("once"))
                    .count();

            assertThat(shown).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("T12, T28, T31: the session object of a logged-in reader; nobody else's is asked for")
    void shouldReadTheSessionOfALoggedInReader(Kind kind) throws Exception {
        try (StoreProcess store = StoreProcess.start(kind);
                Stage stage = stage(store, entry("session", "user:{cookie:sid}", Format.JSON))) {
            stage.origin.answers(
                    "/p",
                    "<!--pc:get session.user.name \"guest\"--> <!--pc:get session.cart.0-->",
                    "Content-Type",
                    "text/html");
            store.holds("user:ann", "{\"user\":{\"name\":\"Ann\"},\"cart\":[3,4]}");
            store.holds("user:eve", "not json");

            assertThat(stage.visitor.get("/p", "Cookie", "sid=ann").text()).isEqualTo("Ann 3");
            assertThat(stage.visitor.get("/p", "Cookie", "sid=bob").text()).isEqualTo("guest ");
            assertThat(stage.visitor.get("/p", "Cookie", "sid=eve").text()).isEqualTo("guest ");
            assertThat(stage.visitor.get("/p").text()).isEqualTo("guest ");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("T30, T32: many values of one store at once; kept ones for their time")
    void shouldReadManyValuesAndKeepThem(Kind kind) throws Exception {
        Pages.Value[] values = new Pages.Value[20];
        StringBuilder page = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            values[i] = new Pages.Value(
                    "v" + i,
                    new ValueSource.Entry("store", "key:" + i, Format.TEXT),
                    Duration.ofSeconds(30),
                    TIMEOUT,
                    null);
            page.append("<!--pc:get v").append(i).append("-->,");
        }
        try (StoreProcess store = StoreProcess.start(kind);
                Stage stage = stage(store, values)) {
            stage.origin.answers("/p", page.toString(), "Content-Type", "text/html");
            for (int i = 0; i < values.length; i += 2) {
                store.holds("key:" + i, "n" + i);
            }

            String first = stage.visitor.get("/p").text();
            store.holds("key:0", "changed");
            String kept = stage.visitor.get("/p").text();
            stage.proxy.clock.advance(Duration.ofSeconds(31));
            String later = stage.visitor.get("/p").text();

            assertThat(first).startsWith("n0,,n2,,n4,");
            assertThat(kept).isEqualTo(first);
            assertThat(later).startsWith("changed,,n2,");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("T33: a dead store costs its values, not the page; it is used again when it is back")
    void shouldServePagesWhileTheStoreIsDead(Kind kind) throws Exception {
        try (StoreProcess store = StoreProcess.start(kind);
                Stage stage = stage(store, counter("views", "views:{path}"))) {
            stage.origin.answers("/p", "<!--pc:get views \"?\"-->", "Content-Type", "text/html");
            store.holds("views:/p", "5");
            assertThat(stage.visitor.get("/p").text()).isEqualTo("5");

            store.kill();
            for (int i = 0; i < 8; i++) {
                assertThat(stage.visitor.get("/p").text()).isEqualTo("?");
            }
            assertThat(state(stage)).isPositive();
            store.start();
            store.holds("views:/p", "6");

            await().until(() -> stage.visitor.get("/p").text().equals("6"));
            assertThat(state(stage)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("T33: a store that hangs delays a page by no more than its timeout, then not at all")
    void shouldLeaveAHangingStoreAlone(Kind kind) throws Exception {
        try (StoreProcess store = StoreProcess.start(kind);
                Stage stage = stage(store, Duration.ofMillis(200), counter("views", "views:{path}"))) {
            stage.origin.answers("/p", "<!--pc:get views \"?\"-->", "Content-Type", "text/html");
            store.holds("views:/p", "5");
            await().until(() -> stage.visitor.get("/p").text().equals("5"));

            store.freeze();
            await().until(() -> stage.visitor.get("/p").text().equals("?") && state(stage) == 2);
            store.thaw();

            await().until(() -> stage.visitor.get("/p").text().equals("5"));
        }
    }

    private static double state(Stage stage) {
        return stage.proxy.meters.get("pagecache.value.store.state").gauge().value();
    }

    private static Pages.Value counter(String name, String key) {
        return new Pages.Value(name, new ValueSource.Counter("store", key), Duration.ZERO, TIMEOUT, null);
    }

    private static Pages.Value entry(String name, String key, Format format) {
        return new Pages.Value(name, new ValueSource.Entry("store", key, format), Duration.ZERO, TIMEOUT, null);
    }

    private Stage stage(StoreProcess store, Pages.Value... values) {
        return stage(store, Duration.ofSeconds(5), values);
    }

    private Stage stage(StoreProcess store, Duration timeout, Pages.Value... values) {
        SamplePlan plan = SamplePlan.plan();
        plan.elements = Behaviour.Elements.ON;
        ValueStore.Kind kind = store.kind() == Kind.MEMCACHED
                ? new ValueStore.Memcached(List.of(store.address()))
                : new ValueStore.Redis("redis://" + store.address(), null, null);
        plan.pages = new Pages(
                Pages.NONE.markers(),
                List.of(values),
                List.of(),
                List.of(new ValueStore("store", kind, timeout)),
                TIMEOUT);
        return new Stage(directory, plan);
    }
}
