package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteQuantityTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2k, 2000", "2Ki, 2048", "256Mi, 268435456", "1G, 1000000000", "1Gi, 1073741824", "0, 0"})
    void shouldReadQuantities(String text, long bytes) {
        assertThat(ByteQuantity.parse(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mi", "-1", "1.5Gi", "1 Gi", "1mi", "1KB", "999999999999999Gi", "99999999999999999999"})
    void shouldRefuseEverythingElse(String text) {
        assertThat(ByteQuantity.parse(text)).isEmpty();
    }
}
