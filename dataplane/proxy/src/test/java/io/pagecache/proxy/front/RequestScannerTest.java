package io.pagecache.proxy.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.front.RequestHead.Method;
import io.pagecache.proxy.front.RequestScanner.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScannerTest {
    private final RequestScanner scanner = new RequestScanner(FrontLimits.DEFAULT);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private RequestHead scan(String text) {
        byte[] bytes = bytes(text);
        assertThat(scanner.scan(bytes, 0, bytes.length)).isEqualTo(Verdict.COMPLETE);
        return scanner.head();
    }

    @Test
    void shouldFindThePartsOfAHead() {
        String text =
                "GET /a?b=c HTTP/1.1\r\nHost: example.com:8080\r\nAccept-Encoding: \t gzip \r\nEmpty:\r\n\r\nrest";

        RequestHead head = scan(text);

        assertThat(head.method()).isEqualTo(Method.GET);
        assertThat(text.substring(head.targetStart(), head.targetEnd())).isEqualTo("/a?b=c");
        assertThat(head.fieldCount()).isEqualTo(3);
        assertThat(text.substring(head.nameStart(1), head.nameEnd(1))).isEqualTo("Accept-Encoding");
        assertThat(text.substring(head.valueStart(1), head.valueEnd(1))).isEqualTo("gzip");
        assertThat(head.valueEnd(2)).isEqualTo(head.valueStart(2));
        assertThat(head.end()).isEqualTo(text.length() - 4);
        assertThat(head.hasBody()).isFalse();
        assertThat(head.isKeepAlive()).isTrue();
        assertThat(head.needsRewriting()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                "get / HTTP/1.1\r\nHost: a\r\n\r\n",
                "MKCALENDAR /x HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n\r\n",
                "GET http://a.example:80/x HTTP/1.1\r\nHost: b\r\n\r\n",
                "GET HTTPS://a.example?x HTTP/1.1\r\nHost: b\r\n\r\n",
                "GET /?q={\"a\":\"\\n\"}|^` HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /%00%23//./..;x HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:   5  \r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\ncontent-length:9223372036854775807\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTRANSFER-ENCODING: Chunked\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: \u00e4\u00ff \t b\r\n\r\n"
            })
    void shouldAcceptWhatCanBeReadInOneWayOnly(String text) {
        scan(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive ,\tCLOSE\r\n\r\n",
                "GET / HTTP/1.0\r\nHost: a\r\n\r\n"
            })
    void shouldSeeThatARequestIsTheLast(String text) {
        assertThat(scan(text).isKeepAlive()).isFalse();
    }

    @Test
    void shouldSeeAWebSocketOffer() {
        String offer = " /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n";

        assertThat(scan("GET" + offer + "\r\n").isUpgrade()).isTrue();
        assertThat(scan("POST" + offer + "\r\n").isUpgrade()).isFalse();
        assertThat(scan("GET" + offer + "Content-Length: 3\r\n\r\n").isUpgrade())
                .isFalse();
        assertThat(scan("GET" + offer.replace("WebSocket", "h2c") + "\r\n").isUpgrade())
                .isFalse();
        assertThat(scan("GET" + offer.replace("1.1", "1.0") + "\r\n").isUpgrade())
                .isFalse();
    }

    @Test
    void shouldDropFieldsThatImitateOthersOrOfferWhatIsNotServed() {
        RequestHead head = scan("GET / HTTP/1.1\r\nHost: a\r\nX_Forwarded_For: 1.2.3.4\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABk\r\nX-Real: 1\r\n\r\n");

        assertThat(List.of(0, 1, 2, 3, 4)).filteredOn(head::isDropped).containsExactly(1, 2, 3);
        assertThat(head.needsRewriting()).isTrue();
    }

    @Test
    void shouldTellHeadsThatAreCutShortFromBrokenOnes() {
        byte[] whole = bytes("GET /a HTTP/1.1\r\nHost: example.com\r\nX: y\r\n\r\n");

        for (int to = 0; to < whole.length; to++) {
            assertThat(scanner.scan(whole, 0, to)).as("first %d bytes", to).isEqualTo(Verdict.INCOMPLETE);
        }
        assertThat(scanner.scan(whole, 0, whole.length)).isEqualTo(Verdict.COMPLETE);
    }

    @Test
    void shouldStopAtTheEndOfTheHead() {
        byte[] two = bytes("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: b\r\n\r\n");

        scanner.scan(two, 0, two.length);
        int second = scanner.head().end();
        scanner.scan(two, second, two.length);

        assertThat(second).isEqualTo(two.length / 2);
        assertThat(scanner.head().end()).isEqualTo(two.length);
    }
}
