package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyTest {
    private static Body body(String text) {
        return Body.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldDigestEqualBytesAlike() {
        Body slice = body("a page").slice(2, 4);

        assertThat(slice.digest()).hasSize(16).isEqualTo(body("page").digest());
        assertThat(slice.digest()).isEqualTo(slice.digest());
    }

    @Test
    void shouldDigestOtherBytesDifferently() {
        assertThat(body("page").digest()).isNotEqualTo(body("Page").digest());
        assertThat(body("").digest()).isNotEqualTo(body("\0").digest());
    }
}
