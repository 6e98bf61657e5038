package io.pagecache.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.128.0/17, 10.1.127.255, false",
        "10.1.128.0/17, 10.1.128.0, true",
        "0.0.0.0/0, 255.255.255.255, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "10.0.0.0/8, ::ffff:10.9.8.7, true",
        "::/0, 10.0.0.1, false",
    })
    void shouldDecideWhetherAnAddressIsInside(String block, String address, boolean inside) {
        Cidr cidr = Cidr.parse("test", block);

        assertThat(cidr.contains(Objects.requireNonNull(IpAddress.parse(address))))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.0/", "10.0.0", "10.0.0.0.0", "256.1.1.1",
                "010.0.0.1", "localhost", "::/129", ":::", "1:2:3:4:5:6:7:8:9", "g::1", "12345::1", "::1::", "1.2.3.4::"
            })
    void shouldRefuseWhatIsNoAddressBlock(String text) {
        assertThatThrownBy(() -> Cidr.parse("bypass.clientIPs", text))
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageStartingWith("bypass.clientIPs has '" + text + "'");
    }
}
