package io.pagecache.proxy.front;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;

/** A14, A17, A18, F13: a request line is refused, or has one meaning. */
class RequestLineFuzz {
    private static final byte[] REST = "\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    @FuzzTest
    @DictionaryEntries({
        "GET ",
        "OPTIONS * ",
        " HTTP/1.1",
        " HTTP/1.0",
        "http://a",
        "https://b:1/",
        "/",
        "?",
        "#",
        "\\x0D\\x0A"
    })
    void shouldHaveOneMeaning(byte @NotNull [] line) {
        byte[] input = new byte[line.length + REST.length];
        System.arraycopy(line, 0, input, 0, line.length);
        System.arraycopy(REST, 0, input, line.length, REST.length);

        Framing.expectAgreement(input);
    }
}
