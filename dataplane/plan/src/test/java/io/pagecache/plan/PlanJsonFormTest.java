package io.pagecache.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The JSON form is what a proxy of one version reads from an operator of another. */
class PlanJsonFormTest {
    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS, SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @Test
    void shouldComeBackFromJsonAsItWas() throws Exception {
        CachePlan plan = plan();

        CachePlan read = json.readValue(json.writeValueAsString(plan), CachePlan.class);

        assertThat(read).isEqualTo(plan);
    }

    @Test
    @DisplayName("fields of a newer operator are ignored by an older proxy")
    void shouldIgnoreUnknownFields() throws Exception {
        ObjectNode tree = json.valueToTree(plan());
        tree.put("fromTheFuture", true);

        assertThat(json.treeToValue(tree, CachePlan.class)).isEqualTo(plan());
    }

    @Test
    @DisplayName("parts that an older operator does not know have their defaults")
    void shouldFillInTheListener() throws Exception {
        ObjectNode tree = json.valueToTree(plan());
        tree.remove("listener");

        assertThat(json.treeToValue(tree, CachePlan.class).listener()).isEqualTo(Listener.DEFAULT);
    }

    @Test
    void shouldRefuseAListenerWithoutConnections() {
        assertThatThrownBy(() -> new Listener(Listener.Http2.NEVER, Listener.ProxyProtocol.NEVER, 0))
                .hasMessage("listener.maxConnections is 0: expected 1 to 1000000");
    }

    @Test
    void shouldRefuseAnotherFormatVersion() {
        ObjectNode tree = json.valueToTree(plan());
        tree.put("formatVersion", 99);

        assertThatThrownBy(() -> json.treeToValue(tree, CachePlan.class))
                .hasRootCauseMessage("formatVersion is 99, this build understands 1");
    }

    @Test
    void shouldKeepEveryPurgeScopeApart() throws Exception {
        List<PurgeScope> scopes = List.of(
                new PurgeScope.All(),
                new PurgeScope.Url("/x?a=1"),
                new PurgeScope.Prefix("/news/"),
                new PurgeScope.Regex("/a.*"),
                new PurgeScope.Tag("article-42"),
                new PurgeScope.User("4711"),
                new PurgeScope.Element("greeting"),
                new PurgeScope.OlderThan(Duration.ofHours(1)));
        PurgeLedger ledger =
                new PurgeLedger(1, List.of(new PurgeOrder(1, "@1", PurgeMode.HARD, scopes, Instant.EPOCH)));

        assertThat(json.readValue(json.writeValueAsString(ledger), PurgeLedger.class))
                .isEqualTo(ledger);
    }

    private static CachePlan plan() {
        Behaviour behaviour = new Behaviour(
                Behaviour.Cache.ORIGIN,
                Duration.ofSeconds(60),
                List.of(new Behaviour.StatusTtl(List.of(404, 410), Duration.ofSeconds(30))),
                Duration.ofSeconds(30),
                Duration.ofHours(24),
                new Behaviour.KeyOptions(
                        new Behaviour.QueryKey(Behaviour.QueryKey.Mode.ALL, List.of()),
                        List.of(),
                        List.of(),
                        List.of("en"),
                        true,
                        List.of("hero")),
                new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.STRIP, List.of()),
                Behaviour.Etag.GENERATE,
                true,
                Duration.ofSeconds(10),
                List.of("shop"),
                Behaviour.Elements.SURROGATE,
                Behaviour.Esi.SURROGATE);
        Pages pages = new Pages(
                new Pages.Markers("<!--pc:", "-->"),
                List.of(
                        new Pages.Value(
                                "user", new ValueSource.Cookie("user"), Duration.ZERO, Duration.ofMillis(150), null),
                        new Pages.Value(
                                "session",
                                new ValueSource.Http("http://shop:8080/session", List.of("sid")),
                                Duration.ofSeconds(30),
                                Duration.ofMillis(150),
                                "{}")),
                List.of(new Pages.Element("greeting", "Hello {session.name}", "")));
        return new CachePlan(
                CachePlan.FORMAT_VERSION,
                "b3f0",
                "web/shop",
                Mode.CACHING,
                new Origin(
                        "http",
                        "shop.web.svc",
                        8080,
                        Origin.HostHeader.PRESERVE,
                        new Origin.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(25), Duration.ofSeconds(60)),
                        256,
                        1,
                        null,
                        new OriginTls("shop.example.com", true)),
                List.of("www.example.com"),
                behaviour,
                List.of(new Rule(
                        "account",
                        new Rule.PathMatch(Rule.PathMatch.Type.PREFIX, "/account"),
                        List.of(),
                        List.of(),
                        behaviour)),
                new Bypass(
                        List.of("10.1.0.0/16"), List.of(new Bypass.HeaderMatch("x-preview", ".+")), List.of("staff")),
                new Variants(
                        List.of(new Variants.Experiment(
                                "hero", "ab", List.of(new Variants.Group("a", 90), new Variants.Group("b", 10)))),
                        new Variants.LanguageRedirect(
                                List.of("www.example.com"),
                                "en",
                                List.of(new Variants.Target("de", "de.example.com")),
                                "lang")),
                pages,
                new Purging(List.of("surrogate-key")),
                List.of("10.0.0.0/8"),
                256L << 20,
                new AccessLog(AccessLog.Mode.SAMPLED, 0.01),
                new Authors(
                        List.of(new Authors.EditRequest(
                                List.of("POST"), new Rule.PathMatch(Rule.PathMatch.Type.PREFIX, "/edit"), List.of())),
                        List.of(Authors.Identity.COOKIE, Authors.Identity.CLIENT_IP),
                        Authors.Mode.QUIET,
                        Duration.ofSeconds(1000),
                        Duration.ofSeconds(150)),
                new Listener(Listener.Http2.ALWAYS, Listener.ProxyProtocol.FROM_TRUSTED, 500),
                Http.DEFAULT,
                Urls.AS_SENT,
                ErrorPages.DEFAULT);
    }
}
