package io.pagecache.e2e.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DnsAnswersTest {
    private static final NameTable NAMES = new NameTable() {
        @Override
        public Optional<List<InetAddress>> addressesOf(String fullName) {
            return Optional.of(
                    fullName.equals("web.x.svc.cluster.local")
                            ? List.of(LoopbackBlock.address(0, 2, 10), LoopbackBlock.address(0, 2, 11))
                            : List.of());
        }

        @Override
        public Map<String, List<InetAddress>> all() {
            return Map.of();
        }
    };

    private final DnsAnswers dns = new DnsAnswers(NAMES);

    @Test
    void shouldAnswerWithEveryAddressOfAName() throws Exception {
        byte[] answer = dns.answer(query("WEB", 1));

        assertThat(hex(answer, 0, 12)).isEqualTo("abcd85800001000200000000");
        assertThat(HexFormat.of().formatHex(answer)).contains("7f00020a").endsWith("7f00020b");
    }

    @Test
    void shouldHaveNoAddressOfAnotherFamilyForANameThatExists() throws Exception {
        assertThat(hex(dns.answer(query("web", 28)), 0, 12)).isEqualTo("abcd85800001000000000000");
    }

    @Test
    void shouldDenyANameThatDoesNotExist() throws Exception {
        assertThat(hex(dns.answer(query("nob", 1)), 0, 12)).isEqualTo("abcd85830001000000000000");
    }

    private static byte[] query(String service, int type) {
        String name = "03" + HexFormat.of().formatHex(service.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                + "0178" + "03737663" + "07636c7573746572" + "056c6f63616c" + "00";
        return HexFormat.of().parseHex("abcd01000001000000000000" + name + String.format("%04x", type) + "0001");
    }

    private static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().formatHex(Arrays.copyOfRange(bytes, from, to));
    }
}
