package io.pagecache.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.author.AuthorSeal.Claim;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorSealTest {
    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);
    private static final Claim CLAIM = new Claim("0a1b", Instant.ofEpochMilli(1_763_805_600_123L));

    private final AuthorSeal seal = AuthorSeal.of(SECRET, "web/shop");

    @Test
    void shouldOpenWhatItSealed() {
        assertThat(seal.open(seal.seal(CLAIM))).isEqualTo(CLAIM);
        assertThat(AuthorSeal.of(SECRET, "web/shop").open(seal.seal(CLAIM))).isEqualTo(CLAIM);
    }

    @Test
    void shouldOpenNothingThatWasChangedAnywhere() {
        String sealed = seal.seal(CLAIM);
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'x' ? 'y' : 'x';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);

            assertThat(seal.open(changed)).as("changed at %d", i).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1", "1.", "1..", "1...", "1.a.b.c", "2.a.1.x", "1.a.99999999999999999999.x"})
    void shouldOpenNothingElse(String value) {
        assertThat(seal.open(value)).isNull();
        assertThat(seal.open(value.repeat(200))).isNull();
    }

    @Test
    void shouldNotOpenWhatAnotherPolicyOrSecretSealed() {
        assertThat(AuthorSeal.of(SECRET, "web/blog").open(seal.seal(CLAIM))).isNull();
        assertThat(AuthorSeal.of(new byte[] {1}, "web/shop").open(seal.seal(CLAIM)))
                .isNull();
    }

    @Test
    void shouldTellAddressesApartWithoutSayingThem() {
        byte[] address = {(byte) 192, 0, 2, 7};

        assertThat(seal.addressId(address))
                .isEqualTo(AuthorSeal.of(SECRET, "web/shop").addressId(address));
        assertThat(seal.addressId(address)).isNotEqualTo(seal.addressId(new byte[] {(byte) 192, 0, 2, 8}));
        assertThat(seal.addressId(address))
                .isNotEqualTo(AuthorSeal.of(SECRET, "web/blog").addressId(address));
    }
}
