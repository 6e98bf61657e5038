package io.pagecache.storing;

import static io.pagecache.samples.SampleAnswer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.CacheGroups;
import io.pagecache.http.Headers;
import io.pagecache.key.KeyBuilder;
import io.pagecache.match.RuleMatcher;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import io.pagecache.status.Reason;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9875: cache groups")
class Rfc9875GroupsTest {
    private final SampleRule rule = SampleRule.rule();

    @ParameterizedTest(name = "{0}")
    @DisplayName("2: the field is a list of strings, parameters mean nothing; anything else is no field")
    @CsvSource(delimiter = '|', textBlock = """
            "a"                 | a
            "a", "b c"          | a;b c
            "a";x=1, "b"        | a;b
            "a\\"b"            | a"b
            a                   |
            "a", b              |
            "a",                |
            ("a" "b")           |
            """, quoteCharacter = '`')
    void shouldReadListsOfStrings(String field, String expected) {
        List<String> groups = CacheGroups.named(Headers.of("Cache-Groups", field), "Cache-Groups");

        assertThat(groups).containsExactly(expected == null ? new String[0] : expected.split(";"));
    }

    @Test
    @DisplayName("2: several lines are one list")
    void shouldJoinLines() {
        assertThat(CacheGroups.named(Headers.of("Cache-Groups", "\"a\"", "Cache-Groups", "\"b\""), "Cache-Groups"))
                .containsExactly("a", "b");
    }

    @Test
    @DisplayName("2: groups are tags of a page, for purges by name and for invalidation by their own origin")
    void shouldTagPagesByGroup() {
        StoreDecision decision = decide("\"a\", \"b c\"");

        assertThat(((StoreDecision.Store) decision).tags())
                .containsExactly("a", "group http://www.example.com a", "b c", "group http://www.example.com b c");
    }

    @Test
    @DisplayName("2: 128 groups of 128 characters are kept, and a page with too many is not")
    void shouldBoundGroups() {
        String most = groups(128, "g".repeat(120));

        assertThat(decide(most)).isInstanceOf(StoreDecision.Store.class);
        assertThat(decide(groups(CacheGroups.MOST + 1, "g")))
                .isInstanceOfSatisfying(
                        StoreDecision.MarkUncacheable.class,
                        mark -> assertThat(mark.reason()).isEqualTo(Reason.TAG_LIMIT));
        assertThat(decide('"' + "g".repeat(CacheGroups.LONGEST + 1) + '"'))
                .isInstanceOf(StoreDecision.MarkUncacheable.class);
    }

    private static String groups(int count, String stem) {
        return IntStream.range(0, count).mapToObj(i -> '"' + stem + i + '"').collect(Collectors.joining(", "));
    }

    private StoreDecision decide(String groups) {
        return new StoreDecider(rule.plan())
                .decide(
                        SampleRequest.get("/a"),
                        rule.build(),
                        answer("Cache-Control", "max-age=60", "Cache-Groups", groups)
                                .head());
    }

    @ParameterizedTest
    @DisplayName("3: only answers to unsafe requests invalidate")
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void shouldNotInvalidateAfterSafeMethods(String method) {
        assertThat(invalidated(method)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("3: unsafe requests invalidate groups of their origin")
    @ValueSource(strings = {"POST", "PUT", "DELETE", "FOO"})
    void shouldInvalidateGroupsOfTheOrigin(String method) {
        assertThat(invalidated(method)).containsExactly("group http://www.example.com a");
    }

    private List<String> invalidated(String method) {
        Invalidation invalidation = new Invalidation(new RuleMatcher(rule.plan()), new KeyBuilder());
        return invalidation.groups(
                SampleRequest.request("/a").method(method).build(),
                answer("Cache-Group-Invalidation", "\"a\"").head());
    }
}
