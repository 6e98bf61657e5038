package io.pagecache.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagecache.plan.Bypass;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.Mode;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Rule.PathMatch;
import io.pagecache.plan.Rule.PathMatch.Type;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("seed:W28")
class RuleMatcherTest {

    @ParameterizedTest(name = "{0} {1} on {2}: {3}")
    @DisplayName("exact, whole segments, whole expression")
    @CsvSource(delimiter = '|', textBlock = """
        EXACT  | /news       | /news          | true
        EXACT  | /news       | /news/         | false
        EXACT  | /news       | /News          | false
        PREFIX | /news       | /news          | true
        PREFIX | /news       | /news/today    | true
        PREFIX | /news       | /newsletter    | false
        PREFIX | /news/      | /news          | true
        PREFIX | /news/      | /news/today    | true
        PREFIX | /           | /anything      | true
        PREFIX | /news       | /x/news        | false
        PREFIX | /account    | /account;x.css | false
        REGEX  | /a[0-9]+    | /a12           | true
        REGEX  | /a[0-9]+    | /a12b          | false
        REGEX  | a           | /a             | false
        REGEX  | /(a~b)      | /b             | true
        """)
    void shouldMatchPaths(Type type, String value, String path, boolean matches) {
        Rule rule = rule("r", new PathMatch(type, value.replace('~', '|')), List.of(), List.of());

        assertThat(matched(path, rule)).isEqualTo(matches ? "r" : RuleMatcher.DEFAULTS);
    }

    @Test
    @DisplayName("seed T15: the first rule that matches wins, the defaults hold for the rest")
    void shouldTakeTheFirst() {
        Rule first = rule("first", new PathMatch(Type.PREFIX, "/a"), List.of(), List.of());
        Rule second = rule("second", null, List.of("GET"), List.of("www.example.com"));
        Rule third = rule("third", null, List.of(), List.of());

        assertThat(matched("/a/b", first, second, third)).isEqualTo("first");
        assertThat(matched("/b", first, second, third)).isEqualTo("second");
        assertThat(matched("/b", first)).isEqualTo(RuleMatcher.DEFAULTS);
    }

    @Test
    void shouldMatchMethodAndHostWithoutPort() {
        Rule rule = rule("r", null, List.of("POST"), List.of("www.example.com"));
        RuleMatcher matcher = matcher(rule);

        assertThat(matcher.match(SampleRequest.request("/")
                                .method("POST")
                                .host("www.example.com:8080")
                                .build())
                        .name())
                .isEqualTo("r");
        assertThat(matcher.match(SampleRequest.request("/")
                                .method("POST")
                                .host("example.com")
                                .build())
                        .name())
                .isEqualTo(RuleMatcher.DEFAULTS);
        assertThat(matcher.match(SampleRequest.get("/")).name()).isEqualTo(RuleMatcher.DEFAULTS);
    }

    @Test
    void shouldRefuseWhatIsNoExpression() {
        Rule rule = rule("broken", new PathMatch(Type.REGEX, "/(a"), List.of(), List.of());

        assertThatThrownBy(() -> matcher(rule))
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageContaining("rules[broken].path.value")
                .hasMessageContaining("/(a")
                .hasMessageContaining("RE2");
    }

    @Test
    @Timeout(10)
    @DisplayName("HARDENING D15: an expression that expands beyond measure is refused before it is compiled")
    void shouldRefuseWhatExpandsBeyondMeasure() {
        Rule rule = rule("huge", new PathMatch(Type.REGEX, "(((a{10}){100}){100}){100}"), List.of(), List.of());

        assertThatThrownBy(() -> matcher(rule))
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageContaining("rules[huge].path.value")
                .hasMessageContaining("expands to more than 1000 steps");
    }

    @Test
    @Timeout(10)
    @DisplayName("HARDENING D15: no expression costs more than linear time")
    void shouldMatchInLinearTime() {
        Rule rule = rule("evil", new PathMatch(Type.REGEX, "/(a+)+b"), List.of(), List.of());

        assertThat(matched("/" + "a".repeat(8000), rule)).isEqualTo(RuleMatcher.DEFAULTS);
    }

    private static Rule rule(String name, PathMatch path, List<String> methods, List<String> hosts) {
        return new Rule(name, path, methods, hosts, SampleRule.rule().behaviour());
    }

    private static String matched(String path, Rule... rules) {
        return matcher(rules).match(SampleRequest.get(path)).name();
    }

    private static RuleMatcher matcher(Rule... rules) {
        return new RuleMatcher(SampleRule.rule().plan(Mode.CACHING, List.of(), List.of(rules), Bypass.NONE));
    }
}
