package io.pagecache.proxy.front;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages that two parsers could read in two ways, by their id in the hardening list, with the status they earn. */
final class AmbiguousMessages {
    record Message(String id, int status, String text) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public String toString() {
            return id + " " + status + " "
                    + text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
        }
    }

    private static final List<Message> ALL = new ArrayList<>();

    private AmbiguousMessages() {}

    static List<Message> all() {
        return List.copyOf(ALL);
    }

    private static void raw(String id, int status, String text) {
        ALL.add(new Message(id, status, text));
    }

    /** A POST with these field lines, which would have been well formed but for them. */
    private static void fields(String id, int status, String lines) {
        raw(id, status, "POST /form HTTP/1.1\r\nHost: example.com\r\n" + lines + "\r\n\r\nhello");
    }

    private static void chunked(String id, String body) {
        raw(id, 400, "POST /form HTTP/1.1\r\nHost: example.com\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
    }

    private static void host(String id, String lines) {
        raw(id, 400, "GET / HTTP/1.1\r\n" + lines + "\r\n");
    }

    private static void line(String id, int status, String line) {
        raw(id, status, line + "\r\nHost: example.com\r\n\r\n");
    }

    static {
        fields("A1", 400, "Content-Length: 5\r\nTransfer-Encoding: chunked");
        fields("A1", 400, "Transfer-Encoding: chunked\r\nContent-Length: 5");
        fields("A2", 400, "Content-Length: 5\r\nContent-Length: 6");
        fields("A2", 400, "Content-Length: 5\r\nContent-Length: 5");
        fields("A2", 400, "Content-Length: 5, 6");
        fields("A2", 400, "Content-Length: 5, 5");
        for (String length : List.of(
                "+5", "-5", "0x5", "5 5", "1e1", "", "05", "00", "5.", "5\u000b", "\u000c5", "5_0", "\t5", "5\t",
                "\u00a05")) {
            fields("A3", 400, "Content-Length: " + length);
        }
        fields("A3", 400, "Content-Length: 9223372036854775808");
        fields("A3", 400, "Content-Length: 99999999999999999999999");
        for (String coding : List.of("xchunked", "identity", "gzip", "chunke", "chunkedd", "ch\u00fcnked")) {
            fields("A4", coding.contains("\u00fc") ? 400 : 501, "Transfer-Encoding: " + coding);
        }
        for (String coding : List.of(
                "chunked, identity",
                "gzip, chunked",
                ",chunked",
                "chunked,",
                "chunked, chunked",
                "chunked;q=1",
                "\"chunked\"",
                "\u000bchunked",
                "chunked\u000c",
                "chunked\0",
                "\tchunked",
                "chunked\t",
                "chunked \t ",
                "")) {
            fields("A4", 400, "Transfer-Encoding: " + coding);
        }
        fields("A5", 400, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked");
        fields("A5", 501, "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked");
        fields("A5", 400, "Transfer-Encoding:\r\n chunked");
        raw("A6", 400, "POST / HTTP/1.0\r\nHost: example.com\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

        for (String size : List.of(
                "0x5",
                "_5",
                "+5",
                "-5",
                " 5",
                "",
                "5 ",
                "5\t",
                "g",
                "00000000000000005",
                "fffffffffffffffff",
                "80000000",
                "ffffffffffffffff",
                "5\0")) {
            chunked("A7", size + "\r\nhello\r\n0\r\n\r\n");
        }
        for (String extension : List.of(
                ";a\nb",
                ";",
                ";;a",
                ";a=",
                ";a=\"b",
                ";a=\"b\r\n\"",
                ";a=\0",
                ";a\u0001",
                ";a=b ",
                "; ",
                ";a=\"\\\n\"",
                ";=b",
                ";a=b c",
                ";a b")) {
            chunked("A8", "5" + extension + "\r\nhello\r\n0\r\n\r\n");
        }
        chunked("A8", "5;a=" + "b".repeat(17_000) + "\r\nhello\r\n0\r\n\r\n");
        chunked("A9", "5\r\nhello0\r\n\r\n");
        chunked("A9", "5\r\nhello!\r\n0\r\n\r\n");
        chunked("A9", "5\r\nhello\n0\r\n\r\n");
        chunked("A9", "5\nhello\r\n0\r\n\r\n");
        chunked("A9", "5\rhello\r\n0\r\n\r\n");
        chunked("A9", "5\r\nhello\r0\r\n\r\n");
        chunked("A9", "0\n\r\n");
        chunked("A9", "0\r\n\n");
        chunked("A9", "0\r\n\rX");
        chunked("A10", "0\r\nBad Name: x\r\n\r\n");
        chunked("A10", "0\r\n: x\r\n\r\n");
        chunked("A10", "0\r\nx: a\nb: c\r\n\r\n");
        chunked("A10", "0\r\nx: a\r\n folded\r\n\r\n");
        chunked("A10", "0\r\nx: a\0\r\n\r\n");
        chunked("A10", "0\r\n" + "x: y\r\n".repeat(101) + "\r\n");
        chunked("A10", "0\r\nx: " + "y".repeat(40_000) + "\r\n\r\n");

        raw("A11", 400, "GET / HTTP/1.1\nHost: example.com\n\n");
        raw("A11", 400, "GET / HTTP/1.1\r\nHost: example.com\n\r\n");
        raw("A11", 400, "GET / HTTP/1.1\rHost: example.com\r\r");
        raw("A11", 400, "GET /\0 HTTP/1.1\r\nHost: example.com\r\n\r\n");
        raw("A11", 400, "GET /\u0001 HTTP/1.1\r\nHost: example.com\r\n\r\n");
        fields("A11", 400, "X: a\rb");
        fields("A11", 400, "X: a\0b");
        fields("A11", 400, "X: a\u0008b");
        fields("A11", 400, "X: a\u007fb");
        fields("A11", 400, "X\0: a");
        fields("A11", 400, "X: a\nContent-Length: 5");
        fields("A12", 400, "X: a\r\n b");
        fields("A12", 400, "X: a\r\n\tb");
        fields("A12", 400, "X: a\r\n ");
        for (String bad : List.of(
                "X : a",
                "X\t: a",
                ": a",
                "no-colon",
                "X(y): a",
                "X y: a",
                "X@y: a",
                "X\u00e4: a",
                "Content-Length : 5",
                "Transfer-Encoding : chunked",
                "\"X\": a",
                "X[0]: a",
                "X/y: a",
                "{x}: a")) {
            fields("A13", 400, bad);
        }
        raw("A13", 400, "GET / HTTP/1.1\r\n Host: example.com\r\n\r\n");
        for (String before :
                List.of("\0", "\u0001", "\t", " ", "\u000b", "\u001f", "\n", "\r", "\r\r\n", "\r\n\n", "\r\n\0")) {
            raw("A14", 400, before + "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n");
        }
        raw("A14", 400, "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: example.com\r\n\r\n");
        fields("A15", 400, "Content_Length: 5");
        fields("A15", 400, "Transfer_Encoding: chunked");
        fields("A15", 400, "transfer_encoding: chunked");
        fields("A15", 400, "Transfer-Encoding\u000b: chunked");

        host("A16", "");
        host("A16", "Host:\r\n");
        host("A16", "Host: \r\n");
        host("A16", "Host: a.example\r\nHost: b.example\r\n");
        host("A16", "Host: a.example\r\nHost: a.example\r\n");
        for (String bad : List.of(
                "user@a.example",
                "user:pw@a.example",
                "a.example/x",
                "a.example,b.example",
                "a.example b.example",
                "a.example:",
                "a.example:x",
                "a.example:99999",
                "a.example:123456",
                "[::1",
                "::1",
                "[]",
                "a.example?x",
                "a.example#x",
                "a%41.example",
                "http://a.example",
                "a.example:80:80",
                "\u00e4.example",
                "a\\b",
                "a..b/..")) {
            host("A16", "Host: " + bad + "\r\n");
        }
        host("A16", "Host: " + "a".repeat(300) + "\r\n");
        line("A17", 400, "GET http://user@a.example/ HTTP/1.1");
        line("A17", 400, "GET http:///x HTTP/1.1");
        line("A17", 400, "GET ftp://a.example/ HTTP/1.1");
        line("A17", 400, "GET a.example HTTP/1.1");
        line("A17", 400, "GET a.example:80 HTTP/1.1");
        line("A17", 400, "GET http://a.example/#f HTTP/1.1");
        line("A17", 400, "GET /#f HTTP/1.1");
        line("A17", 400, "GET * HTTP/1.1");
        line("A17", 400, "GET ** HTTP/1.1");
        line("A17", 400, "OPTIONS ** HTTP/1.1");
        line("A17", 400, "GET /a\\b HTTP/1.1");
        line("A17", 400, "GET /\u00e4 HTTP/1.1");
        line("A17", 400, "GET ?x HTTP/1.1");
        line("A17", 400, "GET \\x HTTP/1.1");
        raw("A17", 400, "GET http://a.example/ HTTP/1.1\r\n\r\n");
        raw("A18", 400, "GET /\r\n\r\n");
        raw("A18", 400, "GET / \r\nHost: example.com\r\n\r\n");
        line("A18", 505, "GET / HTTP/1.2");
        line("A18", 505, "GET / HTTP/2.0");
        line("A18", 505, "GET / HTTP/0.9");
        line("A18", 505, "GET / HTTP/3.0");
        line("A18", 400, "GET / HTTP/1.01");
        line("A18", 400, "GET / HTTP/1");
        line("A18", 400, "GET / HTTP/11");
        line("A18", 400, "GET / HTTP/1.1 ");
        line("A18", 400, "GET / http/1.1");
        line("A18", 400, "GET / HTTP /1.1");
        line("A18", 400, "GET / ICAP/1.1");
        line("A18", 400, "GET  / HTTP/1.1");
        line("A18", 400, "GET\t/ HTTP/1.1");
        line("A18", 400, "GET /  HTTP/1.1");
        line("A18", 400, "GET / x HTTP/1.1");
        line("A18", 400, "G(T / HTTP/1.1");
        line("A18", 400, " / HTTP/1.1");
        line("A18", 400, "A".repeat(40) + " / HTTP/1.1");
        raw("A18", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".replace("PRI *", "PRI /"));
        raw("A18", 400, "PRI * HTTP/1.1\r\n\r\nSM\r\n\r\n");
        fields("A20", 417, "Content-Length: 5\r\nExpect: 200-ok");
        fields("A20", 417, "Content-Length: 5\r\nExpect: y 100-continue");
        fields("A20", 417, "Content-Length: 5\r\nExpect: 100-continue, 100-continue");
        fields("A20", 417, "Content-Length: 5\r\nExpect: 100-continue\r\nExpect: 100-continue");
        fields("A20", 417, "Content-Length: 5\r\nExpect: ");
        line("A23", 405, "CONNECT a.example:443 HTTP/1.1");
        line("A23", 405, "TRACE / HTTP/1.1");
        fields("D6", 431, "x: y\r\n".repeat(101).strip());
        fields("D6", 431, "x: " + "y".repeat(33_000));
        line("D6", 414, "GET /" + "x".repeat(8_300) + " HTTP/1.1");
        line("D6", 414, "GET /" + "x".repeat(40_000) + " HTTP/1.1");
        raw("TLS", 400, "\u0016\u0003\u0001\u0002\0\u0001\0");
    }
}
