package io.pagecache.proxy.front;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;

/** A1 to A16, F13: fields and a body, and what is pipelined behind them, are refused or have one meaning. */
class RequestFieldsFuzz {
    private static final byte[] LINE = "POST /p HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NEXT = "GET /next HTTP/1.1\r\nHost: b\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    @FuzzTest
    @DictionaryEntries({
        "Host: a\\x0D\\x0A",
        "Content-Length: 5\\x0D\\x0A",
        "Content-Length: 0\\x0D\\x0A",
        "Transfer-Encoding: chunked\\x0D\\x0A",
        "Connection: close\\x0D\\x0A",
        "Expect: 100-continue\\x0D\\x0A",
        "X_Y: z\\x0D\\x0A",
        "\\x0D\\x0A",
        "\\x0D\\x0Ahello",
        "5\\x0D\\x0Ahello\\x0D\\x0A",
        "0\\x0D\\x0A\\x0D\\x0A",
        ";a=b"
    })
    void shouldHaveOneMeaning(byte @NotNull [] fields) {
        byte[] input = new byte[LINE.length + fields.length + NEXT.length];
        System.arraycopy(LINE, 0, input, 0, LINE.length);
        System.arraycopy(fields, 0, input, LINE.length, fields.length);
        System.arraycopy(NEXT, 0, input, LINE.length + fields.length, NEXT.length);

        Framing.expectAgreement(input);
    }
}
