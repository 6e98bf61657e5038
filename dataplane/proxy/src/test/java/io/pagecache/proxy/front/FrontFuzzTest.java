package io.pagecache.proxy.front;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever the front lets through, Netty must frame in the same way: the same requests with the same fields, and nothing more. */
class FrontFuzzTest {
    private static final int ROUNDS = 8_000;
    private static final String[] PIECES = {
        "GET / HTTP/1.1\r\n",
        "POST /p?q HTTP/1.1\r\n",
        "GET http://a/b HTTP/1.1\r\n",
        "HEAD /h HTTP/1.0\r\n",
        "Host: a\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: close\r\n",
        "Expect: 100-continue\r\n",
        "X: y\r\n",
        "X:\r\n",
        "X_Y: z\r\n",
        "\r\n",
        "\r\n",
        "\r\n",
        "hello",
        "5\r\nhello\r\n",
        "5;a=b\r\nhello\r\n",
        "0\r\n\r\n",
        "0\r\nT: u\r\n\r\n",
        "00000000005\r\nhello\r\n",
        "A\r\n0123456789\r\n",
        "Upgrade: h2c\r\n"
    };
    private static final String OCTETS = "\r\n\t \0:;,=\"\\09aAfFxX/*#?@[]_-+.\u000b\u007f\u00e4";

    @RepeatedTest(8)
    @DisplayName("A1-A24: differential fuzz against Netty's decoder")
    void shouldBeFramedAlikeByNetty(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int round = 0; round < ROUNDS; round++) {
            Framing.expectAgreement(mutate(random, compose(random)).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static String compose(Random random) {
        StringBuilder text = new StringBuilder();
        for (int request = random.nextInt(3); request >= 0; request--) {
            int kind = random.nextInt(4);
            text.append(PIECES[random.nextInt(4)]).append("Host: a\r\n");
            while (random.nextInt(3) > 0) {
                text.append(PIECES[4 + random.nextInt(PIECES.length - 4)]);
            }
            text.append(
                    switch (kind) {
                        case 0 -> "\r\n";
                        case 1 -> "Content-Length: 5\r\n\r\nhello";
                        case 2 -> "Transfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\n\r\n";
                        default -> PIECES[random.nextInt(PIECES.length)];
                    });
        }
        return text.toString();
    }

    private static String mutate(Random random, String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int changes = random.nextInt(3); changes > 0 && !mutated.isEmpty(); changes--) {
            int at = random.nextInt(mutated.length());
            String octet = String.valueOf(OCTETS.charAt(random.nextInt(OCTETS.length())));
            switch (random.nextInt(3)) {
                case 0 -> mutated.insert(at, octet);
                case 1 -> mutated.deleteCharAt(at);
                default -> mutated.replace(at, at + 1, octet);
            }
        }
        return mutated.toString();
    }
}
