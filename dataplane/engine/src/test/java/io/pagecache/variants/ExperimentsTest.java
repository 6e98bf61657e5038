package io.pagecache.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pagecache.http.PageRequest;
import io.pagecache.plan.Variants.Experiment;
import io.pagecache.plan.Variants.Group;
import io.pagecache.samples.SampleRequest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:T42")
class ExperimentsTest {
    private static final String FIELD = "pagecache-experiment-hero";
    private static final List<String> DEPENDS = List.of(FIELD);

    private static Experiments hero(double chance, int a, int b) {
        return new Experiments(groups(a, b), () -> chance);
    }

    private static List<Experiment> groups(int a, int b) {
        return List.of(new Experiment("hero", "ab", List.of(new Group("a", a), new Group("b", b))));
    }

    private static String groupOf(PageRequest request) {
        return request.headers().combined(FIELD);
    }

    @Test
    @DisplayName("T42: new readers are divided by weight")
    void shouldDivideNewReadersByWeight() {
        Random random = new Random(42);
        Experiments experiments = new Experiments(groups(90, 10), random::nextDouble);

        long inB = java.util.stream.IntStream.range(0, 10_000)
                .filter(i -> "b".equals(groupOf(experiments.assign(SampleRequest.get("/")))))
                .count();

        assertThat(inB / 10_000.0).isCloseTo(0.1, within(0.01));
    }

    @Test
    void shouldDrawWithinTheWeights() {
        assertThat(groupOf(hero(0.0, 0, 1).assign(SampleRequest.get("/")))).isEqualTo("b");
        assertThat(groupOf(hero(0.999, 1, 0).assign(SampleRequest.get("/")))).isEqualTo("a");
        assertThat(groupOf(hero(0.5, 1, 1).assign(SampleRequest.get("/")))).isEqualTo("b");
    }

    @Test
    @DisplayName("T42: a reader stays in its group, even when nobody new joins it")
    void shouldKeepAReaderInItsGroup() {
        Experiments experiments = hero(0.0, 100, 0);

        PageRequest reader = experiments.assign(SampleRequest.get("/", "Cookie", "ab=b"));

        assertThat(groupOf(reader)).isEqualTo("b");
        assertThat(experiments.newCookies(reader, DEPENDS)).isEmpty();
    }

    @Test
    void shouldDrawAnewForAGroupThatIsGone() {
        Experiments experiments = hero(0.0, 1, 1);

        PageRequest reader = experiments.assign(SampleRequest.get("/", "Cookie", "ab=old"));

        assertThat(groupOf(reader)).isEqualTo("a");
        assertThat(experiments.newCookies(reader, DEPENDS))
                .containsExactly("ab=a; Path=/; Max-Age=2592000; SameSite=Lax");
    }

    @Test
    void shouldSetNoCookieWhereNothingDependsOnTheExperiment() {
        Experiments experiments = hero(0.0, 1, 1);

        assertThat(experiments.newCookies(experiments.assign(SampleRequest.get("/")), List.of("accept")))
                .isEmpty();
    }

    @Test
    void shouldNotBelieveWhatAClientSaysOfItsGroup() {
        PageRequest claimed = SampleRequest.get("/", "pagecache-Experiment-Hero", "b", "Pagecache-Other", "1");

        assertThat(groupOf(hero(0.0, 1, 1).assign(claimed))).isEqualTo("a");
        assertThat(new Experiments(List.of(), () -> 0.5)
                        .assign(claimed)
                        .headers()
                        .size())
                .isZero();
    }

    @Test
    void shouldSetSecureCookiesOnSecureSites() {
        PageRequest request = SampleRequest.get("/");
        PageRequest secure =
                new PageRequest("GET", "https", request.host(), "/", null, request.headers(), request.client(), false);
        Experiments experiments = hero(0.0, 1, 1);

        assertThat(experiments.newCookies(experiments.assign(secure), DEPENDS).getFirst())
                .endsWith("SameSite=Lax; Secure");
    }
}
