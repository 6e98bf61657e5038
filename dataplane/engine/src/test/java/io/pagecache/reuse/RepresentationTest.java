package io.pagecache.reuse;

import static io.pagecache.samples.SampleAnswer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.AcceptEncoding;
import io.pagecache.http.ContentCoding;
import io.pagecache.http.Headers;
import io.pagecache.store.StoredPage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 9110 section 8: the form of a page that a client gets")
@Tag("seed:W9")
@Tag("seed:W49")
class RepresentationTest {
    private static final AcceptEncoding GZIP = AcceptEncoding.of(Headers.of("Accept-Encoding", "gzip"));
    private static final AcceptEncoding IDENTITY = AcceptEncoding.of(Headers.EMPTY);

    @Test
    @DisplayName("HARDENING E14, seed W9, T18: gzip only to who takes it, identity to all others")
    void shouldSelectTheForm() {
        StoredPage page = answer("Content-Type", "text/html", "Content-Length", "10")
                .gzip("zip")
                .stored();

        Representation gzip = Representation.of(page, GZIP);
        Representation identity = Representation.of(page, IDENTITY);

        assertThat(text(gzip)).isEqualTo("zip");
        assertThat(gzip.coding()).isEqualTo(ContentCoding.GZIP);
        assertThat(gzip.headers())
                .isEqualTo(
                        Headers.of("Content-Type", "text/html", "Content-Encoding", "gzip", "Vary", "Accept-Encoding"));
        assertThat(text(identity)).isEqualTo("0123456789");
        assertThat(identity.headers()).isEqualTo(Headers.of("Content-Type", "text/html", "Vary", "Accept-Encoding"));
    }

    @Test
    @DisplayName("12.5.5: Vary names Accept-Encoding once, and only where there are two forms")
    void shouldVaryWhereThereAreTwoForms() {
        StoredPage both =
                answer("Vary", "Accept-Language, accept-encoding").gzip("zip").stored();

        assertThat(Representation.of(both, GZIP).headers().all("Vary"))
                .containsExactly("Accept-Language, accept-encoding");
        assertThat(Representation.of(answer().stored(), GZIP).headers().contains("Vary"))
                .isFalse();
    }

    @Test
    @DisplayName("8.8.3.3: the forms of a page have different strong tags where this cache makes them")
    void shouldTellGeneratedTagsApart() {
        StoredPage page = answer().generatedTag("x").gzip("zip").stored();

        assertThat(tag(page, IDENTITY)).isEqualTo("\"x\"");
        assertThat(tag(page, GZIP)).isEqualTo("\"x-gzip\"");
    }

    @Test
    @DisplayName("8.8.3.3: the origin's tag is weak for the form that the origin did not send")
    void shouldWeakenTheTagOfTheDerivedForm() {
        StoredPage plain = answer("ETag", "\"a\"").gzip("zip").stored();
        StoredPage zipped =
                answer("ETag", "\"a\"", "Content-Encoding", "gzip").gzip("zip").stored();

        assertThat(tag(plain, IDENTITY)).isEqualTo("\"a\"");
        assertThat(tag(plain, GZIP)).isEqualTo("W/\"a\"");
        assertThat(tag(zipped, IDENTITY)).isEqualTo("W/\"a\"");
        assertThat(tag(zipped, GZIP)).isEqualTo("\"a\"");
    }

    @Test
    @DisplayName("8.4: a coding that is not ours to undo is left alone")
    void shouldLeaveForeignCodingsAlone() {
        StoredPage page = answer("Content-Encoding", "br", "ETag", "\"a\"").stored();

        Representation representation = Representation.of(page, GZIP);

        assertThat(representation.headers()).isEqualTo(Headers.of("Content-Encoding", "br", "ETag", "\"a\""));
        assertThat(text(representation)).isEqualTo("0123456789");
    }

    private static String tag(StoredPage page, AcceptEncoding accepted) {
        return Representation.of(page, accepted).headers().first("ETag");
    }

    private static String text(Representation representation) {
        return new String(representation.body().toArray(), StandardCharsets.UTF_8);
    }
}
