package io.pagecache;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.pagecache.freshness.Age;
import io.pagecache.http.AcceptEncoding;
import io.pagecache.http.AcceptLanguage;
import io.pagecache.http.ByteRanges;
import io.pagecache.http.Cookies;
import io.pagecache.http.EntityTag;
import io.pagecache.http.FieldList;
import io.pagecache.http.Headers;
import io.pagecache.http.HopByHop;
import io.pagecache.http.HostName;
import io.pagecache.http.HttpDates;
import io.pagecache.http.PageRequest;
import io.pagecache.http.Preconditions;
import io.pagecache.http.RequestDirectives;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.http.SurrogateControl;
import io.pagecache.key.KeyBuilder;
import io.pagecache.plan.Behaviour.QueryKey;
import io.pagecache.plan.Behaviour.RequestCookies;
import io.pagecache.plan.Rule;
import io.pagecache.samples.SampleAnswer;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import io.pagecache.storing.StoreDecider;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("HARDENING F13: whatever text a field holds, parsers answer")
class ParserRobustnessTest {
    private static final int ROUNDS = 20_000;

    /** Pieces that parsers look at, so that random text gets deep into them. */
    private static final String[] PIECES = {
        "max-age",
        "s-maxage",
        "=",
        "\"",
        "\\",
        ",",
        ";",
        " ",
        "\t",
        "-",
        "bytes=",
        "0",
        "9",
        "18446744073709551616",
        "W/",
        "*",
        "q=",
        "q=0",
        "gzip",
        "identity",
        "de",
        "de-CH",
        "x",
        "private",
        "no-store",
        "content=",
        "+",
        "?1",
        ":",
        "(",
        ")",
        "@",
        "%",
        "Sun",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "GMT",
        "Sunday, ",
        "06-Nov-94",
        "\u0000",
        "\u00e4",
        "\ud800",
        "&",
        "a=1",
        "utm_source=x",
        "[",
        "]",
        "[::1]",
        ".",
        "..",
        "example",
        ":80",
        "65536",
        "/",
        "%2f",
        "\r\n"
    };

    record Parser(String name, Consumer<String> parse) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Parser> PARSERS = List.of(
            new Parser(
                    "Cache-Control", text -> ResponseDirectives.of(Headers.of("Cache-Control", text, "Pragma", text))),
            new Parser("CDN-Cache-Control", text -> ResponseDirectives.of(Headers.of("CDN-Cache-Control", text))),
            new Parser("Surrogate-Control", text -> SurrogateControl.of(Headers.of("Surrogate-Control", text))),
            new Parser("request directives", text -> RequestDirectives.of(Headers.of("Cache-Control", text))),
            new Parser("dates", text -> HttpDates.parse(text, SampleAnswer.NOW)),
            new Parser(
                    "Accept-Encoding",
                    text -> AcceptEncoding.of(Headers.of("Accept-Encoding", text))
                            .choose(true)),
            new Parser(
                    "Accept-Language",
                    text -> AcceptLanguage.lookup(Headers.of("Accept-Language", text), List.of("en", "de"))),
            new Parser("entity tags", EntityTag::parse),
            new Parser("lists", FieldList::members),
            new Parser("Connection", text -> HopByHop.strip(Headers.of("Connection", text))),
            new Parser("hosts", text -> HostName.normalise(text, "https")),
            new Parser("Age", text -> Age.reported(Headers.of("Age", text))),
            new Parser("Cookie", ParserRobustnessTest::cookies),
            new Parser("Range", ParserRobustnessTest::ranges),
            new Parser("conditions", ParserRobustnessTest::conditions),
            new Parser("query", ParserRobustnessTest::query),
            new Parser("whole answers", ParserRobustnessTest::answers));

    @ParameterizedTest
    @FieldSource("PARSERS")
    void shouldAnswerToAnyText(Parser parser) {
        Random random = new Random(parser.name().hashCode());

        for (int i = 0; i < ROUNDS; i++) {
            String text = randomText(random);
            assertThatCode(() -> parser.parse().accept(text)).as("%s", text).doesNotThrowAnyException();
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(12);
        for (int i = 0; i < pieces; i++) {
            boolean known = random.nextInt(4) > 0;
            text.append(known ? PIECES[random.nextInt(PIECES.length)] : String.valueOf((char) random.nextInt(0x180)));
        }
        return text.toString();
    }

    private static void cookies(String text) {
        Headers headers = Headers.of("Cookie", text);
        Cookies.value(headers, "a");
        Cookies.filtered(headers, new RequestCookies(RequestCookies.Mode.ONLY, List.of("a")), List.of());
    }

    private static void ranges(String text) {
        PageRequest request = SampleRequest.get("/", "Range", "bytes=" + text, "If-Range", text);
        ByteRanges.select(request, 200, Headers.of("ETag", text), 10, SampleAnswer.NOW);
        ByteRanges.select(SampleRequest.get("/", "Range", text), 200, Headers.EMPTY, 10, SampleAnswer.NOW);
    }

    private static void conditions(String text) {
        Headers page = Headers.of("ETag", text, "Last-Modified", text, "Date", text);
        Preconditions.evaluate(
                SampleRequest.get("/", "If-None-Match", text, "If-Unmodified-Since", text),
                200,
                page,
                SampleAnswer.NOW);
        Preconditions.evaluate(
                SampleRequest.get("/", "If-Match", text, "If-Modified-Since", text), 200, page, SampleAnswer.NOW);
    }

    private static void query(String text) {
        Rule rule = SampleRule.rule()
                .query(QueryKey.Mode.EXCEPT, "utm_source")
                .keyCookies("a")
                .keyHeaders("x-key")
                .build();
        new KeyBuilder().keyFor(SampleRequest.get("/?" + text, "Cookie", text, "X-Key", text), rule);
    }

    private static void answers(String text) {
        StoreDecider decider = new StoreDecider(SampleRule.rule().plan());
        decider.decide(
                SampleRequest.get("/", "Cookie", text),
                SampleRule.rule().ttl(60).build(),
                SampleAnswer.answer(
                                "Cache-Control",
                                text,
                                "Expires",
                                text,
                                "Date",
                                text,
                                "Age",
                                text,
                                "Vary",
                                text,
                                "ETag",
                                text,
                                "Last-Modified",
                                text,
                                "Surrogate-Key",
                                text)
                        .head());
    }
}
