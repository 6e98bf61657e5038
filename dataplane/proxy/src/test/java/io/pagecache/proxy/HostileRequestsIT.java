package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests, and answers, that mean harm, on the wire. */
class HostileRequestsIT {
    @TempDir
    Path directory;

    @Test
    @DisplayName("D14: 1300 overlapping ranges get the page once (CVE-2011-3192)")
    void shouldNotMultiplyAPageByItsRanges() throws Exception {
        StringBuilder ranges = new StringBuilder("bytes=0-");
        for (int i = 0; i < 1300; i++) {
            ranges.append(",5-").append(i);
        }
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/page", "0123456789".repeat(200));
            stage.visitor.get("/page");

            Received reply = stage.visitor.get("/page", "Range", ranges.toString());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().length()).isEqualTo(2000);
            assertThat(reply.cacheStatus()).contains("hit");
        }
    }

    @ParameterizedTest
    @DisplayName("D14: offsets that are negative, huge or overflow (CVE-2017-7529)")
    @ValueSource(
            strings = {
                "bytes=-9223372036854775807,-1",
                "bytes=9223372036854775807-",
                "bytes=18446744073709551616-18446744073709551617",
                "bytes=0-18446744073709551616",
                "bytes=--1",
                "bytes=5-2"
            })
    void shouldNotBeFooledByOffsets(String range) throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/page", "0123456789");
            stage.visitor.get("/page");

            Received reply = stage.visitor.get("/page", "Range", range);

            assertThat(reply.status()).isIn(200, 206, 416);
            assertThat(reply.status() == 416
                            || "0123456789".contains(reply.text())
                            || reply.text().contains("--boundary"))
                    .isTrue();
            assertThat(reply.body().length()).isLessThan(400);
        }
    }

    @Test
    @DisplayName("D13: a page that would inflate beyond measure is passed on as it is and not kept")
    void shouldNotInflateABomb() throws Exception {
        byte[] bomb = gzip(new byte[20 << 20]);
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.on(
                    "/bomb",
                    request -> request.response()
                            .putHeader("Content-Type", "text/html")
                            .putHeader("Content-Encoding", "gzip")
                            .end(Buffer.buffer(bomb)));

            Received first = stage.visitor.get("/bomb", "Accept-Encoding", "gzip");
            Received second = stage.visitor.get("/bomb", "Accept-Encoding", "gzip");

            assertThat(first.body().length()).isEqualTo(bomb.length);
            assertThat(second.cacheStatus()).doesNotContain("hit");
            assertThat(stage.proxy.dataplane().stats().objects()).isZero();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    @DisplayName("E19: PURGE and BAN from anybody are the origin's affair and purge nothing here")
    void shouldNotPurgeForStrangers() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/page");
            stage.origin.answersStatus("/page", 405);

            Received purge = stage.visitor.sends("PURGE", "/page", "");
            Received ban = stage.visitor.sends("BAN", "/page", "", "X-Ban-Url", ".*");

            assertThat(purge.status()).isEqualTo(405);
            assertThat(ban.status()).isEqualTo(405);
            assertThat(stage.visitor.get("/page").text()).isEqualTo("/page #1");
        }
    }

    @ParameterizedTest
    @DisplayName("E10: a private page is not kept, whatever its URL looks like")
    @ValueSource(
            strings = {"/account/x.css", "/account;x.css", "/account%0ax.css", "/account/..%2fx.js", "/account%00.png"})
    void shouldNotBeDeceivedByNames(String target) throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            for (String field : new String[] {"private", "no-store"}) {
                stage.origin.on(
                        target,
                        request -> request.response()
                                .putHeader("Content-Type", "text/css")
                                .putHeader("Cache-Control", field)
                                .end("for " + request.getHeader("X-Who")));

                assertThat(stage.visitor.get(target, "X-Who", "ann").text()).isEqualTo("for ann");
                assertThat(stage.visitor.get(target, "X-Who", "bob").text()).isEqualTo("for bob");
            }
        }
    }

    @Test
    @DisplayName("F8: a bug is a 500 that tells nothing, and the connection lives on")
    void shouldSurviveABug() throws Exception {
        String parts = "bytes=0-1,5-6";
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/page", "0123456789".repeat(20));
            stage.visitor.get("/page");

            stage.proxy.boundaries = failing(() -> new IllegalStateException("from /secret/place"));
            Received exception = stage.visitor.get("/page", "Range", parts);
            stage.proxy.boundaries = HostileRequestsIT::overflow;
            Received overflow = stage.visitor.get("/page", "Range", parts);
            stage.proxy.boundaries = () -> "boundary";
            Received afterwards = stage.visitor.get("/page", "Range", parts);

            for (Received failed : new Received[] {exception, overflow}) {
                assertThat(failed.status()).isEqualTo(500);
                assertThat(failed.text()).isEqualTo("500 internal-error\n");
                assertThat(failed.header("Connection")).isNull();
                assertThat(failed.headers().toString())
                        .doesNotContain("xception")
                        .doesNotContain("secret");
            }
            assertThat(afterwards.status()).isEqualTo(206);
        }
    }

    private static Supplier<String> failing(Supplier<RuntimeException> bug) {
        return () -> {
            throw bug.get();
        };
    }

    @SuppressWarnings("InfiniteRecursion") // that is the point
    private static String overflow() {
        return overflow() + "x";
    }
}
