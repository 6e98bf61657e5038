package io.pagecache.template;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.pagecache.esi.EsiVariables;
import io.pagecache.http.Body;
import io.pagecache.http.PageRequest;
import io.pagecache.samples.SampleRequest;
import io.pagecache.template.PageCompiler.Processing;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a page: it is served, at once, and no longer than what it is made of. */
class EsiFuzzTest {
    private static final int PAGES = 4000;
    private static final int MOST_PIECES = 60;
    private static final String FRAGMENT = "<esi:include src='/a'/>0123456789";

    private static final String[] PIECES = {
        "<esi:include src=\"/a\"/>",
        "<esi:include src=\"/$(HTTP_COOKIE{a}|'x')\" alt=\"/b\" onerror=\"continue\"/>",
        "<esi:include src='/gone' ttl='1s' max-age='1+1' timeout='9ms'",
        "<esi:include ",
        "<esi:inline name=\"/a\" fetchable=\"no\">",
        "<esi:inline name=\"/b\" fetchable=\"yes\">",
        "</esi:inline>",
        "<esi:choose>",
        "</esi:choose>",
        "<esi:when test=\"$(QUERY_STRING{a})=='1'|!(2>1)\">",
        "<esi:when test=\"((((\">",
        "</esi:when>",
        "<esi:otherwise>",
        "</esi:otherwise>",
        "<esi:try>",
        "</esi:try>",
        "<esi:attempt>",
        "</esi:attempt>",
        "<esi:except>",
        "</esi:except>",
        "<esi:vars>",
        "</esi:vars>",
        "<esi:remove>",
        "</esi:remove>",
        "<esi:comment text=\"x\"/>",
        "<!--esi ",
        "-->",
        "<!--pc:if user-->",
        "<!--pc:get user-->",
        "<!--pc:end-->",
        "<!--pc:",
        "$(HTTP_USER_AGENT{os})",
        "$(QUERY_STRING",
        "$(",
        "{",
        "}",
        "|",
        "'",
        "\"",
        ">",
        "/>",
        "<esi:",
        "</esi:",
        "é€😀",
        "\n",
        "\0",
        "text"
    };

    private final PageCompiler compiler = new PageCompiler(SamplePages.withValues("user"));
    private final PageRenderer renderer = new PageRenderer(ElementTemplates.of(SamplePages.withValues("user")));

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-8", "text/html", "application/xml; charset=iso-8859-1"})
    void shouldServeAnyPage(String contentType) {
        Random random = new Random(contentType.hashCode());

        for (int i = 0; i < PAGES; i++) {
            byte[] page = randomPage(random);
            assertTimeoutPreemptively(ofSeconds(20), () -> serve(page, contentType), () -> text(page));
        }
    }

    private void serve(byte[] page, String contentType) {
        Compilation compilation = compiler.compile(Body.wrap(page), contentType, new Processing(true, true));
        CompiledPage compiled = compilation.page();
        if (compiled == null) {
            return;
        }
        PageRequest request =
                SampleRequest.get("/p?a=1&b=%3Cesi", "Cookie", "a=../<esi:include", "User-Agent", "<esi:vars>/1");
        PageInputs inputs = new PageInputs(
                Map.of("user", PageValue.of("<esi:include src='/a'/>")), new EsiVariables(request), new HashMap<>());
        int rounds = 0;
        Set<FragmentCall> calls = renderer.callsNeeded(compiled, inputs);
        while (!calls.isEmpty()) {
            calls.forEach(call -> inputs.fragments().put(call, answer(call)));
            calls = renderer.callsNeeded(compiled, inputs);
            assertThat(++rounds).as(text(page)).isLessThan(50);
        }
        RenderedPage rendered = renderer.render(renderer.choose(compiled, inputs), inputs.values());
        assertThat(rendered.length()).as(text(page)).isLessThanOrEqualTo(most(page));
    }

    /** Each piece at its longest, and everything once more for each inline fragment that an include repeats. */
    private static long most(byte[] page) {
        return (page.length + 64L * MOST_PIECES) * (MOST_PIECES + 1);
    }

    private static Fragment answer(FragmentCall call) {
        if (call.reference().startsWith("/gone")) {
            return new Fragment.Absent();
        }
        Body body = Body.wrap(FRAGMENT.getBytes(StandardCharsets.UTF_8));
        return new Fragment.Present(List.of(body), body.length());
    }

    private static byte[] randomPage(Random random) {
        StringBuilder page = new StringBuilder();
        int pieces = random.nextInt(MOST_PIECES);
        for (int i = 0; i < pieces; i++) {
            page.append(PIECES[random.nextInt(PIECES.length)]);
        }
        byte[] bytes = page.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static String text(byte[] page) {
        return new String(page, StandardCharsets.ISO_8859_1);
    }
}
