package io.pagecache.template;

import static io.pagecache.samples.SampleRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.esi.EsiInclude;
import io.pagecache.esi.EsiVariables;
import io.pagecache.http.Body;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Pages;
import io.pagecache.template.PageCompiler.Processing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ESI 1.0 as readers see it: pages go in, what a reader gets comes out. */
@Tag("seed:T30")
class EsiPageTest {
    private static final PageRequest NOBODY = get("/page");

    private final Map<String, String> fragments = new HashMap<>(Map.of("/a", "[A]", "/b", "[B]"));
    private final List<FragmentCall> called = new ArrayList<>();
    private final Pages pages = SamplePages.withValues("user", "session");

    private String shown(String page) {
        return shown(page, NOBODY);
    }

    private String shown(String page, PageRequest request) {
        Compilation compilation = compiled(page);
        CompiledPage compiled = compilation.page();
        return compiled == null ? page : rendered(compiled, request);
    }

    private Compilation compiled(String page) {
        return new PageCompiler(pages)
                .compile(
                        Body.wrap(page.getBytes(StandardCharsets.UTF_8)),
                        "text/html; charset=utf-8",
                        new Processing(true, true));
    }

    private String rendered(CompiledPage compiled, PageRequest request) {
        PageRenderer renderer = new PageRenderer(ElementTemplates.of(pages));
        PageInputs inputs =
                new PageInputs(Map.of("user", PageValue.of("Ann")), new EsiVariables(request), new HashMap<>());
        Set<FragmentCall> calls = renderer.callsNeeded(compiled, inputs);
        while (!calls.isEmpty()) {
            calls.forEach(call -> inputs.fragments().put(call, answer(call)));
            calls = renderer.callsNeeded(compiled, inputs);
        }
        StringBuilder text = new StringBuilder();
        for (Body part : renderer.render(renderer.choose(compiled, inputs), inputs.values())
                .parts()) {
            text.append(new String(part.toArray(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private Fragment answer(FragmentCall call) {
        called.add(call);
        String text = fragments.get(call.reference());
        if (text == null) {
            return new Fragment.Absent();
        }
        Body body = Body.wrap(text.getBytes(StandardCharsets.UTF_8));
        return new Fragment.Present(List.of(body), body.length());
    }

    private List<String> calledAddresses() {
        return called.stream().map(FragmentCall::reference).toList();
    }

    private List<String> problems(String page) {
        return compiled(page).problems().stream().map(MarkerProblem::toString).toList();
    }

    @Test
    void shouldJoinFragmentsIn() {
        assertThat(shown("1<esi:include src=\"/a\"/>2<esi:include src='/b' />3"))
                .isEqualTo("1[A]2[B]3");
    }

    @Test
    void shouldCallAFragmentOnceHoweverOftenItIsShown() {
        assertThat(shown("<esi:include src=\"/a\"/><esi:include src=\"/a\"/>")).isEqualTo("[A][A]");
        assertThat(called).hasSize(1);
    }

    @Test
    void shouldTakeAnIncludeThatIsClosedByAnEndTag() {
        assertThat(shown("1<esi:include src=\"/a\"></esi:include>2")).isEqualTo("1[A]2");
    }

    @Test
    void shouldLookElsewhereOnlyWhenTheSourceFails() {
        assertThat(shown("<esi:include src=\"/gone\" alt=\"/b\"/>")).isEqualTo("[B]");
        assertThat(shown("<esi:include src=\"/a\" alt=\"/c\"/>")).isEqualTo("[A]");
        assertThat(calledAddresses()).containsExactly("/gone", "/b", "/a");
    }

    @Test
    void shouldShowNothingForAFragmentThatCannotBeHad() {
        assertThat(shown("1<esi:include src=\"/gone\"/>2")).isEqualTo("12");
        assertThat(shown("1<esi:include src=\"/gone\" onerror=\"continue\"/>2")).isEqualTo("12");
    }

    @Test
    void shouldReadTheTermsOfAnInclude() {
        shown("<esi:include src=\"/a\" timeout=\"150ms\" ttl=\"5m\" max-age=\"60+30\"/>");

        assertThat(called.getFirst().terms())
                .isEqualTo(new EsiInclude.Terms(
                        Duration.ofMillis(150), Duration.ofMinutes(5), Duration.ofSeconds(60), Duration.ofSeconds(30)));
    }

    @Test
    void shouldDecodeEntitiesInAddresses() {
        fragments.put("/q?a=1&b=2", "Q");

        assertThat(shown("<esi:include src=\"/q?a=1&amp;b=2\"/>")).isEqualTo("Q");
    }

    @Test
    void shouldLeaveOutCommentsAndWhatIsRemoved() {
        assertThat(shown("1<esi:comment text=\"x > y\"/>2<esi:remove><a href='/'>no ESI</a></esi:remove>3"))
                .isEqualTo("123");
        assertThat(shown("1<esi:remove><esi:include src=\"/a\"/></esi:remove>2"))
                .isEqualTo("12");
        assertThat(called).isEmpty();
    }

    @Test
    void shouldShowWhatIsHiddenFromBrowsers() {
        assertThat(shown("1<!--esi <p>x<esi:include src=\"/a\"/></p>-->2<!-- kept -->"))
                .isEqualTo("1 <p>x[A]</p>2<!-- kept -->");
        assertThat(shown("<!--esi <!--pc:get user--> -->!")).isEqualTo(" Ann !");
        assertThat(shown("<!--esidore-->")).isEqualTo("<!--esidore-->");
    }

    @Test
    void shouldReplaceVariablesInsideVarsOnly() {
        PageRequest request = get("/page?q=7", "Cookie", "type=gold");

        assertThat(shown("$(QUERY_STRING{q})<esi:vars>$(QUERY_STRING{q}) $(HTTP_COOKIE{type}) $5</esi:vars>", request))
                .isEqualTo("$(QUERY_STRING{q})7 gold $5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "$(HTTP_HOST);www.example.com",
                "$(HTTP_REFERER);http://x/",
                "$(HTTP_COOKIE{name});A b",
                "$(HTTP_COOKIE{none}|nobody);nobody",
                "$(HTTP_COOKIE{none}|'no body, really');no body, really",
                "$(HTTP_COOKIE{empty}|nobody);nobody",
                "$(HTTP_COOKIE);\"name=A%20b; empty=\"",
                "$(QUERY_STRING);\"first=1&amp;last=a+b\"",
                "$(QUERY_STRING{last});a b",
                "$(HTTP_ACCEPT_LANGUAGE{de});true",
                "$(HTTP_ACCEPT_LANGUAGE{fr});false",
                "$(HTTP_USER_AGENT{browser});MOZILLA",
                "$(HTTP_USER_AGENT{version});5.0",
                "$(HTTP_USER_AGENT{os});WIN"
            })
    void shouldKnowTheVariables(String variable, String expected) {
        PageRequest request = get(
                "/page?first=1&last=a+b",
                "Referer",
                "http://x/",
                "Cookie",
                "name=A%20b; empty=",
                "Accept-Language",
                "en, de;q=0.5",
                "User-Agent",
                "Mozilla/5.0 (Windows NT 10.0)");

        assertThat(shown("<esi:vars>" + variable + "</esi:vars>", request)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\" onload=\"x",
                "<esi:include src=\"/a\"/>",
                "$(HTTP_HOST)",
                "<!--pc:get user-->",
                "<!--esi x-->",
                "{session.name}"
            })
    void shouldNeverActOnWhatAReaderSends(String text) {
        String encoded =
                java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        PageRequest request = get("/page?q=" + encoded, "Cookie", "c=" + encoded, "Referer", text, "User-Agent", text);
        String page = "<esi:vars>$(QUERY_STRING{q})|$(HTTP_COOKIE{c})|$(HTTP_REFERER)|$(HTTP_USER_AGENT)</esi:vars>";

        String shown = shown(page, request);

        String inert = OutputFilter.escapeHtml(text);
        assertThat(shown).isEqualTo(String.join("|", inert, inert, inert, inert));
        assertThat(called).isEmpty();
    }

    @Test
    void shouldEncodeWhatAReaderSendsInAddresses() {
        PageRequest request = get("/page?x=1&y=2", "Cookie", "c=../admin?a=1#f%0d%0aX: y");

        shown("<esi:include src=\"/f/$(HTTP_COOKIE{c})?$(QUERY_STRING)\"/>", request);

        assertThat(calledAddresses()).containsExactly("/f/..%2Fadmin%3Fa%3D1%23f%0D%0AX%3A%20y?x=1&y=2");
    }

    @Test
    void shouldChooseTheFirstAlternativeThatHolds() {
        String page = """
                <esi:choose>
                  <esi:when test="$(HTTP_COOKIE{group})=='Advanced'">adv<esi:include src="/a"/></esi:when>
                  <esi:when test="$(HTTP_COOKIE{group})=='Basic'">basic</esi:when>
                  <esi:otherwise>none<esi:include src="/b"/></esi:otherwise>
                </esi:choose>""";

        assertThat(shown(page, get("/", "Cookie", "group=Advanced"))).isEqualTo("adv[A]");
        assertThat(shown(page, get("/", "Cookie", "group=Basic"))).isEqualTo("basic");
        assertThat(shown(page)).isEqualTo("none[B]");
        assertThat(calledAddresses()).containsExactly("/a", "/b");
    }

    @Test
    void shouldShowTheExceptionWhenAFragmentOfTheAttemptFails() {
        String page = "<esi:try> <esi:attempt>1<esi:include src=\"%s\" %s/>2</esi:attempt>"
                + "<esi:except>sorry<esi:include src=\"/b\"/></esi:except> </esi:try>";

        assertThat(shown(page.formatted("/a", ""))).isEqualTo("1[A]2");
        assertThat(shown(page.formatted("/gone", ""))).isEqualTo("sorry[B]");
        assertThat(shown(page.formatted("/gone", "onerror=\"continue\""))).isEqualTo("12");
        assertThat(shown(page.formatted("/gone", "alt=\"/a\""))).isEqualTo("1[A]2");
    }

    @Test
    void shouldTakeAnInlineFragmentForIncludesOfItsName() {
        assertThat(shown("<esi:inline name=\"/i\" fetchable=\"no\">in</esi:inline>-<esi:include src=\"/i\"/>"))
                .isEqualTo("in-in");
        assertThat(called).isEmpty();
        assertThat(shown("<esi:inline name=\"/a\" fetchable=\"yes\">in</esi:inline>-<esi:include src=\"/a\"/>"))
                .isEqualTo("in-[A]");
        assertThat(shown("<esi:inline name=\"/gone\" fetchable=\"yes\">in</esi:inline>-<esi:include src=\"/gone\"/>"))
                .isEqualTo("in-in");
    }

    @Test
    void shouldEndInlineFragmentsThatIncludeThemselves() {
        assertThat(shown("<esi:inline name=\"/i\">x<esi:include src=\"/i\"/></esi:inline>"))
                .isEqualTo("xx");
    }

    @Test
    void shouldActOnMarkersInAndAroundElements() {
        assertThat(
                        shown(
                                "<!--pc:if user--><esi:include src=\"/a\"/><!--pc:else--><esi:include src=\"/b\"/><!--pc:end-->"))
                .isEqualTo("[A]");
        assertThat(shown("<esi:vars><!--pc:get user-->@$(HTTP_HOST)</esi:vars>"))
                .isEqualTo("Ann@www.example.com");
        assertThat(calledAddresses()).containsExactly("/a");
    }

    @Test
    void shouldNotLetAConditionOfMarkersReachOutOfAnElement() {
        String page = "<esi:try><esi:attempt><!--pc:if user-->x</esi:attempt></esi:try>y<!--pc:end-->z";

        assertThat(shown(page)).isEqualTo("xyz");
        assertThat(problems(page)).hasSize(2).first().asString().contains("has no 'end'");
    }

    @Test
    void shouldNotActOnElementsInFragments() {
        fragments.put("/user-text", "<esi:include src=\"/a\"/><!--pc:get user-->");

        assertThat(shown("<esi:include src=\"/user-text\"/>")).isEqualTo("<esi:include src=\"/a\"/><!--pc:get user-->");
    }

    @Test
    void shouldCompileOnlyWhatIsWanted() {
        String page = "<!--pc:get user--><esi:vars>$(HTTP_HOST)</esi:vars>";
        PageCompiler compiler = new PageCompiler(pages);
        Body body = Body.wrap(page.getBytes(StandardCharsets.UTF_8));

        CompiledPage markers =
                compiler.compile(body, "text/html", new Processing(true, false)).page();
        CompiledPage esi =
                compiler.compile(body, "text/html", new Processing(false, true)).page();

        assertThat(rendered(markers, NOBODY)).isEqualTo("Ann<esi:vars>$(HTTP_HOST)</esi:vars>");
        assertThat(rendered(esi, NOBODY)).isEqualTo("<!--pc:get user-->www.example.com");
        assertThat(compiler.compile(body, "text/html", Processing.NONE).page()).isNull();
    }

    @Test
    void shouldTellPagesForAllFromPagesForOne() {
        assertThat(compiled("<esi:include src=\"/a\"/>").page().isPersonal()).isFalse();
        assertThat(compiled("<esi:include src=\"/a?$(QUERY_STRING)\"/>").page().isPersonal())
                .isTrue();
        assertThat(compiled("<esi:vars>$(HTTP_HOST)</esi:vars>").page().isPersonal())
                .isTrue();
        assertThat(compiled("<esi:include src=\"/a\"/><!--pc:get user-->")
                        .page()
                        .isPersonal())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a<esi:include/>b; ab; 1:2: 'include' needs a 'src'",
                "a<esi:nothing/>b; ab; 1:2: unknown element 'nothing'",
                "a</esi:vars>b; ab; 1:2: '/vars' closes nothing",
                "a<esi:vars>b; ab; 1:2: 'vars' has no end",
                "ä<esi:vars>b; äb; 1:2: 'vars' has no end",
                "a<esi:when test=\"1==1\">b</esi:when>c; ac; 1:2: 'when' outside 'choose'",
                "<esi:choose>x<esi:otherwise>o</esi:otherwise></esi:choose>; o; 1:13: only its parts",
                "<esi:include src=\"/$(NOPE)\"/>; ``; 1:22: in 'src': unknown variable 'NOPE'",
                "<esi:include src=/a/>; <esi:include src=/a/>; 1:18: expected the value of 'src' in quotes",
                "<esi:include src=\"/a\" src=\"/b\"/>; <esi:include src=\"/a\" src=\"/b\"/>; 1:23: 'src' stands there twice",
                "<esi:include src=\"/a\" ttl=\"soon\"/>; [A]; 1:28: 'ttl' is 'soon': expected a whole number",
                "<esi:include src=\"/a\" onerror=\"stop\"/>; [A]; 1:32: 'onerror' is 'stop'",
                "<esi:include src=\"/a\" size=\"1\"/>; [A]; 1:1: unknown attribute 'size'",
                "<esi:vars>$(HTTP_COOKIE{a)</esi:vars>; $(HTTP_COOKIE{a); 1:24: the key has no closing",
                "<esi:vars>$(HTTP_HOST{a})</esi:vars>; $(HTTP_HOST{a}); 1:22: HTTP_HOST has no parts",
                "a<esi:remove>b; ab; 1:2: 'remove' has no end",
                "a<!--esi b; a b; 1:2: '<!--esi' has no '-->'",
                "a<esi:vars b; a<esi:vars b; 1:2: the tag does not end",
                "<esi:try><esi:attempt>1</esi:attempt><esi:attempt>2</esi:attempt></esi:try>; 1; 1:38: a second 'attempt'",
                "<esi:choose><esi:when test=\"$(HTTP_HOST)=~'x'\">w</esi:when></esi:choose>; ``; 1:41: in 'test': expected an operator"
            })
    void shouldServeWhatIsRightAndTellWhatIsWrong(String page, String expected, String problem) {
        assertThat(shown(page)).isEqualTo(expected);
        assertThat(problems(page)).first().asString().startsWith(problem);
    }

    @Test
    void shouldStopAtTagLimit() {
        String page = "<esi:comment text=\"\"/>".repeat(2000) + "\n<esi:include src=\"/a\"/>";

        assertThat(shown(page)).isEqualTo("\n<esi:include src=\"/a\"/>");
        assertThat(problems(page)).singleElement().asString().startsWith("2:1: more than 2000 ESI tags");
    }

    @Test
    void shouldHideWhatIsNestedTooDeep() {
        String page = "<esi:vars>".repeat(20) + "deep" + "</esi:vars>".repeat(20) + "after";

        assertThat(shown(page)).isEqualTo("after");
        assertThat(problems(page)).first().asString().contains("nested deeper than 16");
    }

    @Test
    void shouldNotGrowWithoutEnd() {
        fragments.put("/huge", "x".repeat(1 << 20));

        assertThat(shown("<esi:include src=\"/huge\"/>".repeat(100)).length()).isEqualTo(16 << 20);
    }
}
