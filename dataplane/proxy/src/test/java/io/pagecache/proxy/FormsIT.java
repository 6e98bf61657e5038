package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms of one stored page that its readers get: codings, heads, parts, and nothing at all. */
class FormsIT {
    private static final String LONG_TEXT = "All work and no play makes Jack a dull boy. ".repeat(200);

    @TempDir
    Path directory;

    @Test
    void shouldStoreIdentityAndGzipAndServeWhatIsAccepted() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/text", LONG_TEXT, "Content-Type", "text/plain");
            stage.visitor.get("/text");

            Received plain = stage.visitor.get("/text");
            Received zipped = stage.visitor.get("/text", "Accept-Encoding", "br, gzip");

            assertThat(plain.text()).isEqualTo(LONG_TEXT);
            assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(zipped.header("Vary")).isEqualTo("Accept-Encoding");
            assertThat(zipped.body().length()).isLessThan(LONG_TEXT.length() / 10);
            assertThat(gunzip(zipped.body())).isEqualTo(LONG_TEXT);
            assertThat(zipped.header("ETag")).isNotEqualTo(plain.header("ETag"));
            assertThat(stage.origin.requestsFor("/text")).isEqualTo(1);
        }
    }

    @Test
    void shouldUnpackWhatTheOriginZippedForClientsThatCannot() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.on(
                    "/zipped",
                    request -> request.response()
                            .putHeader("Content-Type", "text/plain")
                            .putHeader("Content-Encoding", "gzip")
                            .putHeader("Vary", "Accept-Encoding")
                            .end(gzip(LONG_TEXT)));
            stage.visitor.get("/zipped", "Accept-Encoding", "gzip");

            Received plain = stage.visitor.get("/zipped");

            assertThat(plain.text()).isEqualTo(LONG_TEXT);
            assertThat(plain.header("Content-Encoding")).isNull();
            assertThat(plain.cacheStatus()).contains("hit");
        }
    }

    @Test
    void shouldAnswer304ToItsOwnTag() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.visitor.get("/a");
            String tag = stage.visitor.get("/a").header("ETag");

            Received again = stage.visitor.get("/a", "If-None-Match", tag);

            assertThat(again.status()).isEqualTo(304);
            assertThat(again.header("ETag")).isEqualTo(tag);
            assertThat(again.body().length()).isZero();
        }
    }

    @Test
    void shouldAnswer304FromAColdStoreOnceThePageIsThere() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/tagged", "text", "ETag", "\"v1\"");

            Received reply = stage.visitor.get("/tagged", "If-None-Match", "\"v1\"");

            assertThat(reply.status()).isEqualTo(304);
            assertThat(stage.visitor.get("/tagged").cacheStatus()).contains("hit");
        }
    }

    @Test
    void shouldServeHeadFromAGetPage() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            String text = stage.visitor.get("/a").text();

            Received head = stage.visitor.head("/a");

            assertThat(head.cacheStatus()).contains("hit");
            assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(text.length()));
            assertThat(head.body().length()).isZero();
        }
    }

    @Test
    void shouldFillTheStoreByAHead() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            Received head = stage.visitor.head("/a");
            Received get = stage.visitor.get("/a");

            assertThat(head.status()).isEqualTo(200);
            assertThat(stage.origin.lastSeen().method()).isEqualTo("GET");
            assertThat(get.cacheStatus()).contains("hit");
        }
    }

    @Test
    void shouldServeRangesOfAStoredPage() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answers("/digits", "0123456789", "Content-Type", "text/plain");
            stage.visitor.get("/digits");

            Received one = stage.visitor.get("/digits", "Range", "bytes=2-4");
            Received two = stage.visitor.get("/digits", "Range", "bytes=0-0,9-9");
            Received none = stage.visitor.get("/digits", "Range", "bytes=50-");

            assertThat(one.status()).isEqualTo(206);
            assertThat(one.text()).isEqualTo("234");
            assertThat(one.header("Content-Range")).isEqualTo("bytes 2-4/10");
            assertThat(two.header("Content-Type")).isEqualTo("multipart/byteranges; boundary=boundary");
            assertThat(two.text()).contains("Content-Range: bytes 9-9/10");
            assertThat(none.status()).isEqualTo(416);
        }
    }

    private static String gunzip(Buffer body) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Buffer gzip(String text) {
        try {
            var out = new java.io.ByteArrayOutputStream();
            try (var zip = new java.util.zip.GZIPOutputStream(out)) {
                zip.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return Buffer.buffer(out.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
