package io.pagecache.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GzipTest {

    @Test
    void shouldGiveBackWhatItTook() {
        byte[] text = "all work and no play ".repeat(1000).getBytes(StandardCharsets.US_ASCII);

        byte[] gzip = Gzip.compress(text);

        assertThat(gzip.length).isLessThan(text.length / 10);
        assertThat(Gzip.decompress(gzip, 1 << 20)).isEqualTo(text);
    }

    @Test
    @DisplayName("a decompression bomb is refused, by size and by ratio (HARDENING D13)")
    void shouldRefuseABomb() {
        byte[] bomb = Gzip.compress(new byte[16 << 20]);

        assertThat(Gzip.decompress(bomb, 1 << 20)).isNull();
        assertThat(Gzip.decompress(bomb, 1 << 30)).isNull();
    }

    @Test
    void shouldRefuseWhatIsNoGzipOrBreaksOff() {
        byte[] gzip = Gzip.compress(new byte[1000]);

        assertThat(Gzip.decompress(new byte[100], 1 << 20)).isNull();
        assertThat(Gzip.decompress(java.util.Arrays.copyOf(gzip, gzip.length - 5), 1 << 20))
                .isNull();
    }
}
