package io.pagecache.standalone.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.standalone.policy.ReadPolicy.Invalid;
import io.pagecache.standalone.policy.ReadPolicy.Valid;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:W14")
class PolicyReaderTest {
    private static final String POLICY = """
            apiVersion: pagecache.io/v1alpha1
            kind: PageCachePolicy
            metadata:
              name: shop
            spec:
              origin:
                backendRef: { name: shop, port: 8080 }
            """;

    private final PolicyReader reader = new PolicyReader();

    @Test
    void shouldFillInDefaults() {
        Valid valid = (Valid) reader.read(POLICY);

        assertThat(valid.policy().getSpec().defaults().coalesce().maxWait()).isEqualTo("10s");
        assertThat(valid.policy().getSpec().proxy().cacheSize()).isEqualTo("256Mi");
        assertThat(valid.policy().getMetadata().getNamespace()).isEqualTo("default");
        assertThat(valid.purge()).isEmpty();
    }

    @Test
    void shouldPassOverDocumentsOfOtherKinds() {
        assertThat(reader.read("kind: Service\nanything: goes\n---\n" + POLICY + "---\n"))
                .isInstanceOf(Valid.class);
    }

    @Test
    void shouldWantExactlyOnePolicy() {
        assertThat(problems("kind: Service\n"))
                .containsExactly(
                        "f:1:1: kind: there is no PageCachePolicy here: expected one document with kind: PageCachePolicy");
        assertThat(problems("")).hasSize(1);
        assertThat(problems(POLICY + "---\n" + POLICY))
                .containsExactly("f:10:1: kind: this is the second PageCachePolicy: expected one in a file");
    }

    @Test
    void shouldSayWhereTextIsNotYaml() {
        assertThat(problems("kind: [unclosed\nname: x\n"))
                .singleElement()
                .asString()
                .startsWith("f:2:5: this is not YAML:");
    }

    @Test
    void shouldSayWhichFieldIsSetTwice() {
        assertThat(problems(POLICY + "  mode: Caching\n  mode: PassThrough\n"))
                .containsExactly("f:9:3: spec.mode: this field is set twice: expected it once");
    }

    @Test
    void shouldReportEveryProblemInTheOrderOfTheText() {
        String text = POLICY + """
                  defaults:
                    ttl: soon
                    tag: [x]
                  hosts: [UPPER]
                """;

        assertThat(problems(text))
                .containsExactly(
                        "f:9:5: spec.defaults.ttl: 'soon': expected a duration such as 30s, 1h30m or 500ms, or UntilPurged",
                        "f:10:5: spec.defaults.tag: unknown field: did you mean tags?",
                        "f:11:11: spec.hosts[0]: 'UPPER': expected a host name in lower case without port, such as"
                                + " www.example.com");
    }

    @Test
    void shouldSayWhereACheckFails() {
        String text = POLICY + """
                  rules:
                    - name: news
                      match:
                        path:
                          type: Regex
                          value: "/news/("
                """;

        assertThat(problems(text))
                .singleElement()
                .asString()
                .startsWith("f:13:11: spec.rules[0].match.path.value: '/news/('");
    }

    @Test
    void shouldKeepAPolicyWhosePurgeDoesNotParse() {
        String text = POLICY.replace(
                "name: shop\nspec", "name: shop\n  annotations:\n    pagecache.io/purge: all sofd\nspec");

        Valid valid = (Valid) reader.read(text);

        assertThat(valid.purgeProblem().orElseThrow().in(Path.of("f")))
                .startsWith(
                        "f:6:5: metadata.annotations[pagecache.io/purge]: at column 5 of the value, 'sofd': expected all");
    }

    @Test
    void shouldRefuseAnotherVersion() {
        assertThat(problems(POLICY.replace("v1alpha1", "v9")))
                .containsExactly("f:1:1: apiVersion: 'pagecache.io/v9': expected pagecache.io/v1alpha1");
    }

    private List<String> problems(String text) {
        return ((Invalid) reader.read(text))
                .problems().stream().map(problem -> problem.in(Path.of("f"))).toList();
    }
}
