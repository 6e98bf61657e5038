package io.pagecache;

import static io.pagecache.samples.SampleAnswer.NOW;
import static io.pagecache.samples.SampleAnswer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.key.CacheKey;
import io.pagecache.key.KeyBuilder;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Behaviour.RequestCookies;
import io.pagecache.plan.Rule;
import io.pagecache.reuse.ReuseDecider;
import io.pagecache.reuse.Serving;
import io.pagecache.samples.SampleAnswer;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import io.pagecache.store.Lookup;
import io.pagecache.store.StoredPage;
import io.pagecache.storing.StoreDecider;
import io.pagecache.storing.StoreDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DESIGN 4.2: what holds for any request, answer and rule")
class SafetyInvariantsTest {
    private static final int ROUNDS = 50_000;

    private static final String[] DIRECTIVES = {
        "no-store",
        "no-cache",
        "private",
        "public",
        "max-age=60",
        "max-age=0",
        "s-maxage=60",
        "must-revalidate",
        "proxy-revalidate",
        "immutable",
        "stale-while-revalidate=30",
        "stale-if-error=90",
        "must-understand"
    };
    private static final int[] STATUSES = {200, 204, 206, 299, 301, 302, 304, 404, 410, 416, 500, 503};

    @Test
    @DisplayName("nothing personal is stored unless the origin or the rule said that it is for all")
    void shouldNeverStoreWhatIsPersonal() {
        Random random = new Random(1);
        int stored = 0;
        for (int i = 0; i < ROUNDS; i++) {
            SampleRule rule = randomRule(random);
            PageRequest request = randomRequest(random);
            SampleAnswer answer = randomAnswer(random);

            StoreDecision decision = new StoreDecider(rule.plan()).decide(request, rule.build(), answer.head());

            if (decision instanceof StoreDecision.Store store) {
                stored++;
                assertIsForAll(request, rule.behaviour(), answer.head().headers(), store);
            }
        }
        assertThat(stored).isGreaterThan(ROUNDS / 20);
    }

    private static void assertIsForAll(
            PageRequest request, Behaviour behaviour, Headers answer, StoreDecision.Store store) {
        String control = String.valueOf(answer.combined("Cache-Control"));
        boolean always = behaviour.cache() == Behaviour.Cache.ALWAYS;
        boolean cookiesSent = request.headers().contains("Cookie")
                && behaviour.requestCookies().mode() == RequestCookies.Mode.FORWARD;
        boolean explicit = control.contains("public")
                || control.contains("max")
                || control.contains("no-cache")
                || answer.contains("Expires");

        assertThat(answer.contains("Set-Cookie")).isFalse();
        assertThat(control).doesNotContain("private");
        assertThat(!control.contains("no-store") || control.contains("must-understand"))
                .isTrue();
        assertThat(!request.headers().contains("Authorization")
                        || control.contains("public")
                        || control.contains("s-maxage")
                        || control.contains("must-revalidate"))
                .isTrue();
        assertThat(!cookiesSent || always || explicit).isTrue();
        assertThat(store.lifetime()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(store.initialAge()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(store.windows().longest()).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    @DisplayName("nothing is served fresh that is stale, or stale where the origin forbids it")
    void shouldNeverServeStaleWhereForbidden() {
        Random random = new Random(2);
        for (int i = 0; i < ROUNDS; i++) {
            Behaviour behaviour = randomRule(random).behaviour();
            StoredPage page = randomAnswer(random).storedUnder(behaviour);
            Instant now = NOW.plusSeconds(random.nextInt(200));
            Instant purged = random.nextInt(4) == 0 ? NOW.plusSeconds(random.nextInt(100)) : null;
            Lookup found = new Lookup.Found(page, purged);
            PageRequest request = random.nextBoolean()
                    ? SampleRequest.get("/")
                    : SampleRequest.get("/", "Cache-Control", "max-stale");

            assertMayServe(new ReuseDecider().decide(request, found, now), page, now, purged);
            assertMayServe(new ReuseDecider().onFailure(found, now), page, now, purged);
        }
    }

    private static void assertMayServe(Serving serving, StoredPage page, Instant now, Instant purged) {
        if (serving instanceof Serving.Fresh) {
            assertThat(page.isFresh(now) && purged == null).isTrue();
        }
        if (serving instanceof Serving.Stale) {
            assertThat(page.directives().mustRevalidate() || page.directives().proxyRevalidate())
                    .isFalse();
            assertThat(!page.isFresh(now) || purged != null).isTrue();
        }
    }

    @Test
    @DisplayName("HARDENING E3: different declared values never make the same key")
    void shouldNeverConfuseKeys() {
        Rule rule = SampleRule.rule().keyHeaders("a", "b").keyCookies("c").build();
        Random random = new Random(3);
        Map<CacheKey, List<String>> seen = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            List<String> values = List.of(fragment(random), fragment(random), fragment(random));
            PageRequest request =
                    SampleRequest.get("/", "A", values.get(0), "B", values.get(1), "Cookie", "c=" + values.get(2));

            List<String> before = seen.putIfAbsent(new KeyBuilder().keyFor(request, rule), values);

            assertThat(before == null || before.equals(values)).isTrue();
        }
    }

    private static String fragment(Random random) {
        String[] pieces = {"", "x", "]", "[", "header b=", "1:", "0:", "cookie c=", "-"};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static SampleRule randomRule(Random random) {
        SampleRule rule = SampleRule.rule();
        if (random.nextBoolean()) {
            rule.ttl(60).ttlOf(404, 30);
        }
        if (random.nextInt(3) == 0) {
            rule.cache(Behaviour.Cache.ALWAYS);
        }
        if (random.nextBoolean()) {
            rule.staleWhileRevalidate(30).staleIfError(60);
        }
        if (random.nextInt(3) == 0) {
            rule.requestCookies(RequestCookies.Mode.STRIP);
        }
        return rule;
    }

    private static PageRequest randomRequest(Random random) {
        List<String> headers = new ArrayList<>();
        maybe(random, headers, "Cookie", "sid=1");
        maybe(random, headers, "Authorization", "Basic eDp5");
        return SampleRequest.get("/", headers.toArray(String[]::new));
    }

    private static SampleAnswer randomAnswer(Random random) {
        List<String> headers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.add("Cache-Control");
            headers.add(DIRECTIVES[random.nextInt(DIRECTIVES.length)]);
        }
        maybe(random, headers, "Expires", "Sun, 22 Nov 2026 10:01:00 GMT");
        maybe(random, headers, "Last-Modified", "Sat, 21 Nov 2026 10:00:00 GMT");
        maybe(random, headers, "ETag", "\"a\"");
        maybe(random, headers, "Age", Integer.toString(random.nextInt(100)));
        maybe(random, headers, "Set-Cookie", "a=b");
        maybe(random, headers, "Vary", random.nextBoolean() ? "*" : "Accept");
        boolean ordinary = random.nextBoolean();
        return answer(headers.toArray(String[]::new))
                .status(ordinary ? 200 : STATUSES[random.nextInt(STATUSES.length)]);
    }

    private static void maybe(Random random, List<String> headers, String name, String value) {
        if (random.nextInt(4) == 0) {
            headers.add(name);
            headers.add(value);
        }
    }
}
