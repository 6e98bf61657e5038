package io.pagecache.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pagecache.api.v1alpha1.PageCachePurgeSpec;
import io.pagecache.operator.policy.PurgeGrammar;
import io.pagecache.operator.policy.PurgeSpecChecks;
import io.pagecache.operator.policy.Verdict;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurgeCompilerTest {

    @Test
    void shouldTakeEveryScope() throws IOException {
        PageCachePurgeSpec spec = spec("""
                { urls: [/x], prefixes: [/news/], patterns: ["/[0-9]+"], tags: [article-42], users: ["4711"], elements: [greeting], olderThan: 1h }
                """);

        PurgeGrammar.Parsed purge = PurgeCompiler.compile(spec);

        assertThat(purge.mode()).isEqualTo(PurgeMode.SOFT);
        assertThat(purge.scopes())
                .containsExactly(
                        new PurgeScope.Url("/x"),
                        new PurgeScope.Prefix("/news/"),
                        new PurgeScope.Regex("/[0-9]+"),
                        new PurgeScope.Tag("article-42"),
                        new PurgeScope.User("4711"),
                        new PurgeScope.Element("greeting"),
                        new PurgeScope.OlderThan(Duration.ofHours(1)));
    }

    @Test
    void shouldTakeAll() throws IOException {
        assertThat(PurgeCompiler.compile(spec("{ all: true }")).scopes()).containsExactly(new PurgeScope.All());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ patterns: [ok, '['] } | spec.scopes.patterns[1]: '[': error parsing regexp: missing closing ]: `[`; expected an RE2 expression",
                "{ urls: [news] }        | spec.scopes.urls[0]: 'news': expected a path such as /news, or https://host/news",
                "{ olderThan: soon }     | spec.scopes.olderThan: 'soon': expected a duration such as 30s, 1h30m or 500ms",
            })
    void shouldRejectWhatTheSchemaCannotSee(String scopes, String message) throws IOException {
        Verdict verdict = PurgeSpecChecks.check(spec(scopes));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected ->
                                assertThat(rejected.message().replace("`", "")).isEqualTo(message.replace("`", "")));
    }

    private static PageCachePurgeSpec spec(String scopes) throws IOException {
        return new YAMLMapper()
                .readValue("policyRef: { name: shop }\nmode: Soft\nscopes: " + scopes, PageCachePurgeSpec.class);
    }
}
