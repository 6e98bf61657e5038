package io.pagecache.storing;

import static io.pagecache.samples.SampleAnswer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.PageRequest;
import io.pagecache.key.BaseKey;
import io.pagecache.key.KeyBuilder;
import io.pagecache.match.RuleMatcher;
import io.pagecache.plan.Behaviour.QueryKey;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 section 4.4: invalidation (seed W45)")
@Tag("seed:W7")
@Tag("seed:W45")
class Rfc9111InvalidationTest {
    private final SampleRule rule = SampleRule.rule();

    @ParameterizedTest
    @DisplayName("an unsafe or unknown method invalidates its target")
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "MKCOL"})
    void shouldInvalidateTheTarget(String method) {
        assertThat(targets(request(method), 200)).containsExactly("/a?b=c");
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("a safe method or an error invalidates nothing")
    @CsvSource({"GET, 200", "HEAD, 200", "OPTIONS, 200", "POST, 400", "POST, 404", "POST, 500", "POST, 100"})
    void shouldInvalidateNothing(String method, int status) {
        assertThat(targets(request(method), status)).isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @DisplayName("Location and Content-Location count on the same scheme and host")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        /x                               | /x
        x                                | /x
        ?d=e                             | /?d=e
        ./x?y                            | /x?y
        http://www.example.com/x         | /x
        http://WWW.EXAMPLE.COM:80/x      | /x
        http://www.example.com           | /
        //www.example.com/x              | /x
        /x#fragment                      | /x
        /%7ex                            | /%7ex
        https://www.example.com/x        | -
        http://other.example/x           | -
        http://www.example.com:8080/x    | -
        http://user@www.example.com/x    | -
        mailto:me@www.example.com        | -
        http://[/                        | -
        """)
    void shouldInvalidateWhatIsNamed(String reference, String target) {
        for (String field : List.of("Location", "Content-Location")) {
            List<String> expected = new ArrayList<>(List.of("/a?b=c"));
            if (target != null) {
                expected.add(target);
            }

            assertThat(targets(request("POST"), 303, field, reference)).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("the target is keyed by the rule under which it would be stored")
    void shouldApplyTheQueryPolicy() {
        rule.query(QueryKey.Mode.ONLY, "id");

        assertThat(targets(request("POST"), 200, "Location", "/x?id=1&z=2")).containsExactly("/a", "/x?id=1");
    }

    private static PageRequest request(String method) {
        return SampleRequest.request("/a?b=c").method(method).build();
    }

    private List<String> targets(PageRequest request, int status, String... headers) {
        Invalidation invalidation = new Invalidation(new RuleMatcher(rule.plan()), new KeyBuilder());
        return invalidation.of(request, answer(headers).status(status).head()).stream()
                .map(BaseKey::target)
                .toList();
    }
}
