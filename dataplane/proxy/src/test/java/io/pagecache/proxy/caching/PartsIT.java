package io.pagecache.proxy.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 sections 3.3 and 3.4 on the wire: parts of pages are kept, served and completed")
class PartsIT extends BareStage {
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** An application that knows ranges. */
    private static final class Film {
        final String path = "/film-" + NAMES.incrementAndGet();
        final List<String> ranges = new ArrayList<>();
        final List<String> conditions = new ArrayList<>();
        volatile String content = "0123456789";
        volatile String tag = "\"v\"";
        volatile String cacheControl = "max-age=3600";
        volatile String vary;
        volatile boolean heedsIfRange = true;
        volatile int breaksOffAfter = -1;

        Film() {
            stage.origin.on(path, this::answer);
        }

        private void answer(HttpServerRequest request) {
            String range = request.getHeader("Range");
            String condition = request.getHeader("If-Range");
            ranges.add(String.valueOf(range));
            conditions.add(String.valueOf(condition));
            request.response().putHeader("Cache-Control", cacheControl).putHeader("Content-Type", "text/plain");
            if (tag != null) {
                request.response().putHeader("ETag", tag);
            }
            if (vary != null) {
                request.response().putHeader("Vary", vary);
            }
            boolean other = heedsIfRange && condition != null && !condition.equals(tag);
            if (range == null || other) {
                request.response().end(content);
                return;
            }
            int[] bounds = bounds(range);
            String part = content.substring(bounds[0], bounds[1] + 1);
            request.response()
                    .setStatusCode(206)
                    .putHeader("Content-Range", "bytes " + bounds[0] + "-" + bounds[1] + "/" + content.length());
            if (breaksOffAfter >= 0) {
                request.response().putHeader("Content-Length", Integer.toString(part.length()));
                request.response()
                        .write(part.substring(0, breaksOffAfter))
                        .onComplete(written -> request.connection().close());
                breaksOffAfter = -1;
            } else {
                request.response().end(part);
            }
        }

        private int[] bounds(String range) {
            String[] ends = range.substring("bytes=".length()).split("-", -1);
            int most = content.length() - 1;
            if (ends[0].isEmpty()) {
                return new int[] {content.length() - Integer.parseInt(ends[1]), most};
            }
            return new int[] {Integer.parseInt(ends[0]), ends[1].isEmpty() ? most : Integer.parseInt(ends[1])};
        }

        Received get(String... fields) {
            return stage.visitor.get(path, fields);
        }

        Received part(String range, String... more) {
            String[] fields = new String[more.length + 2];
            fields[0] = "Range";
            fields[1] = "bytes=" + range;
            System.arraycopy(more, 0, fields, 2, more.length);
            return get(fields);
        }

        int asked() {
            return ranges.size();
        }
    }

    private static void shouldBePart(Received reply, String content, String range) {
        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.text()).isEqualTo(content);
        assertThat(reply.headers().getAll("Content-Range")).containsExactly("bytes " + range + "/10");
        assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(content.length()));
    }

    private static void shouldBeWhole(Received reply, String content) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo(content);
        assertThat(reply.headers().contains("Content-Range")).isFalse();
    }

    @ParameterizedTest(name = "{0} from {1}")
    @DisplayName("3.3: a range within a stored part comes from the store")
    @CsvSource({
        "2-6, 2-6, 23456, 2-6",
        "2-6, 3-4, 34, 3-4",
        "-5, -5, 56789, 5-9",
        "-5, -2, 89, 8-9",
        "5-, 7-, 789, 7-9",
        "0-4, 0-0, 0, 0-0"
    })
    void shouldServeRangesWithin(String stored, String wanted, String content, String range) {
        Film film = new Film();
        film.part(stored);

        Received reply = film.part(wanted);

        shouldBePart(reply, content, range);
        assertThat(reply.cacheStatus()).contains("; hit");
        assertThat(reply.header("Age")).isEqualTo("0");
        assertThat(reply.header("ETag")).isEqualTo("\"v\"");
        assertThat(film.asked()).isEqualTo(1);
    }

    @Test
    @DisplayName("3.4: parts with the same strong tag grow together until they are the page")
    void shouldJoinParts() {
        Film film = new Film();
        film.part("0-2");
        shouldBePart(film.part("2-5"), "2345", "2-5");
        shouldBePart(film.part("1-4"), "1234", "1-4");
        assertThat(film.asked()).isEqualTo(2);

        film.part("6-9");

        shouldBeWhole(film.get(), "0123456789");
        shouldBePart(film.part("0-9"), "0123456789", "0-9");
        assertThat(film.asked()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @DisplayName("3.4: only the missing end is fetched for a reader of the page, if it is still the same page")
    @CsvSource({"0-4, bytes=5-", "5-9, bytes=0-4", "-1, bytes=0-8"})
    void shouldFetchTheRest(String stored, String rest) {
        Film film = new Film();
        film.part(stored);

        Received reply = film.get();

        shouldBeWhole(reply, "0123456789");
        assertThat(reply.cacheStatus()).contains("fwd=partial");
        assertThat(film.ranges.getLast()).isEqualTo(rest);
        assertThat(film.conditions.getLast()).isEqualTo("\"v\"");
        shouldBeWhole(film.get(), "0123456789");
        assertThat(film.asked()).isEqualTo(2);
    }

    @ParameterizedTest(name = "origin heeds If-Range: {0}")
    @DisplayName("HARDENING E17: parts of two versions are never put together, whatever the origin makes of If-Range")
    @ValueSource(booleans = {true, false})
    void shouldNotMixVersions(boolean heeds) {
        Film film = new Film();
        film.part("0-4");
        film.content = "abcdefghij";
        film.tag = "\"w\"";
        film.heedsIfRange = heeds;

        shouldBeWhole(film.get(), "abcdefghij");
        shouldBeWhole(film.get(), "abcdefghij");
        assertThat(film.asked()).isEqualTo(heeds ? 2 : 3);
    }

    @Test
    @DisplayName("HARDENING E17: a newer part takes the place of one that it does not belong to")
    void shouldReplaceAPartOfAnotherVersion() {
        Film film = new Film();
        film.part("0-4");
        film.content = "abcdefghij";
        film.tag = "\"w\"";
        film.part("5-9");

        shouldBePart(film.part("5-6"), "fg", "5-6");
        shouldBePart(film.part("0-1"), "ab", "0-1");
        shouldBeWhole(film.get(), "abcdefghij");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("HARDENING E17: a weak tag, or none, joins nothing: the page is fetched as a whole")
    @CsvSource(
            nullValues = "none",
            value = {"W/\"v\"", "none"})
    void shouldNotJoinByWeakTags(String tag) {
        Film film = new Film();
        film.tag = tag;
        film.part("0-4");
        shouldBePart(film.part("0-1"), "01", "0-1");

        shouldBeWhole(film.get(), "0123456789");

        assertThat(film.ranges).containsExactly("bytes=0-4", "null");
    }

    @Test
    @DisplayName("a rest that breaks off leaves no page behind: it is asked for anew as a whole")
    void shouldNotServeABrokenRest() {
        Film film = new Film();
        film.part("0-4");
        film.breaksOffAfter = 2;

        shouldBeWhole(film.get(), "0123456789");
        assertThat(film.ranges).containsExactly("bytes=0-4", "bytes=5-", "null");
    }

    @Test
    @DisplayName("a part that breaks off is not kept")
    void shouldNotKeepABrokenPart() {
        Film film = new Film();
        film.breaksOffAfter = 2;
        try {
            film.part("0-4");
        } catch (RuntimeException broken) {
            // the reader notices
        }

        shouldBePart(film.part("0-1"), "01", "0-1");
        assertThat(film.asked()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("3.3: a part is kept on the origin's explicit word only")
    @ValueSource(strings = {"no-store", "private, max-age=3600", "no-cache", "public"})
    void shouldNotKeepPartsWithoutTheOriginsWord(String cacheControl) {
        Film film = new Film();
        film.cacheControl = cacheControl;
        film.part("0-4");
        film.part("0-4");

        assertThat(film.asked()).isEqualTo(2);
    }

    @Test
    @DisplayName("4.2: a part that is stale, or was invalidated, is fetched again")
    void shouldNotServeStaleParts() {
        Film film = new Film();
        film.cacheControl = "max-age=10";
        film.part("0-4");
        stage.proxy.clock.advance(java.time.Duration.ofSeconds(10));
        film.part("0-4");
        assertThat(film.asked()).isEqualTo(2);

        stage.visitor.post(film.path, "x");
        film.part("0-4");

        assertThat(film.ranges).hasSize(4);
    }

    @Test
    @DisplayName("4.1: a part is kept for those whom its page's Vary selects")
    void shouldKeepPartsByVariant() {
        Film film = new Film();
        film.vary = "Foo";
        film.part("0-4", "Foo", "1");

        film.part("0-4", "Foo", "2");
        film.part("0-4", "Foo", "1");

        assertThat(film.asked()).isEqualTo(2);
    }

    @Test
    @DisplayName("RFC 9110 section 13.2.2: conditions are answered from a part, If-Range decides on it")
    void shouldAnswerConditions() {
        Film film = new Film();
        film.part("0-4");

        assertThat(film.part("0-1", "If-None-Match", "\"v\"").status()).isEqualTo(304);
        shouldBePart(film.part("0-1", "If-Range", "\"v\""), "01", "0-1");
        assertThat(film.asked()).isEqualTo(1);
        shouldBeWhole(film.part("0-1", "If-Range", "\"w\""), "0123456789");
        assertThat(film.asked()).isEqualTo(2);
    }

    @Test
    @DisplayName("a 206 that is all of the page is the page")
    void shouldTakeAllPartsForThePage() {
        Film film = new Film();
        film.part("0-9");

        shouldBeWhole(film.get(), "0123456789");
        assertThat(film.asked()).isEqualTo(1);
    }

    @Test
    @DisplayName("HEAD learns nothing from a part: the page is fetched")
    void shouldNotAnswerHeadFromAPart() {
        Film film = new Film();
        film.part("0-4");

        Received head = stage.visitor.head(film.path);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("10");
    }

    @Test
    @DisplayName("a part never takes the place of the page")
    void shouldServePartsOfAStoredPage() {
        Film film = new Film();
        film.get();

        shouldBePart(film.part("2-3"), "23", "2-3");
        shouldBeWhole(film.get(), "0123456789");
        assertThat(film.asked()).isEqualTo(1);
    }
}
