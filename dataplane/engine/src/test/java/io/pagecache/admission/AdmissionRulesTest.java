package io.pagecache.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagecache.admission.Admission.Cacheable;
import io.pagecache.admission.Admission.PassThrough;
import io.pagecache.admission.Admission.Refused;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Behaviour.QueryKey;
import io.pagecache.plan.Bypass;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.Mode;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import io.pagecache.status.ForwardReason;
import io.pagecache.status.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("seed:T39")
@Tag("seed:W6")
@Tag("seed:W26")
@Tag("seed:W43")
@Tag("seed:W44")
@Tag("seed:W47")
@Tag("seed:W70")
class AdmissionRulesTest {
    private static final List<String> HOSTS = List.of("www.example.com");
    private static final Bypass BYPASS = new Bypass(
            List.of("10.1.0.0/16", "2001:db8::/32"),
            List.of(new Bypass.HeaderMatch("x-preview", "yes|on")),
            List.of("staff"));

    private final SampleRule rule = SampleRule.rule();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void shouldAdmitRetrievals(String method) {
        assertThat(admit(SampleRequest.request("/?a=1").method(method).build())).isInstanceOf(Cacheable.class);
    }

    @ParameterizedTest
    @DisplayName("HARDENING E4, RFC 9110 section 15.5.20: a host that is not served gets 421, its port does not matter")
    @CsvSource({"www.example.com, true", "www.example.com:8080, true", "example.com, false", "evil.test, false"})
    void shouldRefuseUnknownHosts(String host, boolean admitted) {
        Admission admission = admit(SampleRequest.request("/").host(host).build());

        assertThat(admission).isEqualTo(admitted ? new Cacheable() : new Refused(421, Reason.UNKNOWN_HOST));
    }

    @ParameterizedTest
    @DisplayName("HARDENING A23: CONNECT and TRACE get 405")
    @ValueSource(strings = {"CONNECT", "TRACE"})
    void shouldRefuseDangerousMethods(String method) {
        assertThat(admit(SampleRequest.request("/").method(method).build()))
                .isEqualTo(new Refused(405, Reason.METHOD_REFUSED));
    }

    @ParameterizedTest
    @DisplayName("HARDENING A23, seed T4, W6: other methods pass, even unknown ones")
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "get"})
    void shouldPassOtherMethods(String method) {
        assertThat(admit(SampleRequest.request("/").method(method).build()))
                .isEqualTo(new PassThrough(Reason.METHOD_NOT_CACHEABLE, ForwardReason.METHOD));
    }

    @Test
    @DisplayName("HARDENING E7: a GET with a body passes with it and never becomes a page")
    void shouldPassGetWithBody() {
        assertThat(admit(SampleRequest.request("/").withBody().build())).isEqualTo(pass(Reason.REQUEST_BODY));
    }

    @Test
    @DisplayName("HARDENING A22: WebSocket passes, an offer of h2c is declined")
    void shouldPassWebSocketOnly() {
        assertThat(admit(SampleRequest.get("/", "Upgrade", "WebSocket"))).isEqualTo(pass(Reason.UPGRADE));
        assertThat(admit(SampleRequest.get("/", "Upgrade", "h2c"))).isInstanceOf(Cacheable.class);
    }

    @Test
    void shouldPassEverythingInPassThroughMode() {
        AdmissionRules rules = new AdmissionRules(rule.plan(Mode.PASS_THROUGH, HOSTS, List.of(), Bypass.NONE));

        assertThat(rules.admit(SampleRequest.get("/"), rule.build(), Instant.EPOCH))
                .isEqualTo(pass(Reason.PASS_THROUGH_MODE));
    }

    @Test
    @DisplayName("seed W6, W27: a rule may forbid caching")
    void shouldPassWhatIsNeverCached() {
        rule.cache(Behaviour.Cache.NEVER);

        assertThat(admit(SampleRequest.get("/"))).isEqualTo(pass(Reason.RULE_NEVER));
    }

    @Test
    @DisplayName("seed W6, W70: a rule may pass requests with a query string")
    void shouldPassQueryStrings() {
        rule.query(QueryKey.Mode.BYPASS);

        assertThat(admit(SampleRequest.get("/?"))).isEqualTo(pass(Reason.QUERY_STRING));
        assertThat(admit(SampleRequest.get("/"))).isInstanceOf(Cacheable.class);
    }

    @ParameterizedTest
    @DisplayName("seed W40, W43: clients in a block bypass")
    @CsvSource({"10.1.2.3, true", "10.2.0.1, false", "2001:db8::1, true", "2001:db9::1, false", "local, false"})
    void shouldPassBypassedClients(String client, boolean bypassed) {
        assertThat(admit(SampleRequest.request("/").client(client).build()))
                .isEqualTo(bypassed ? pass(Reason.BYPASS_CLIENT_IP) : new Cacheable());
    }

    @ParameterizedTest
    @DisplayName("seed W47: a header whose whole value matches bypasses")
    @CsvSource({"yes, true", "on, true", "yes!, false", "no, false"})
    void shouldPassBypassedHeaders(String value, boolean bypassed) {
        assertThat(admit(SampleRequest.get("/", "X-Preview", value)))
                .isEqualTo(bypassed ? pass(Reason.BYPASS_HEADER) : new Cacheable());
    }

    @Test
    void shouldPassBypassedCookies() {
        assertThat(admit(SampleRequest.get("/", "Cookie", "a=1; staff"))).isEqualTo(pass(Reason.BYPASS_COOKIE));
        assertThat(admit(SampleRequest.get("/", "Cookie", "a=staff"))).isInstanceOf(Cacheable.class);
    }

    @Test
    @DisplayName("the first objection counts, in the documented order")
    void shouldKeepTheOrder() {
        rule.cache(Behaviour.Cache.NEVER);
        PageRequest request = SampleRequest.request("/")
                .method("POST")
                .host("evil.test")
                .client("10.1.2.3")
                .build();

        assertThat(admit(request)).isEqualTo(new Refused(421, Reason.UNKNOWN_HOST));
    }

    @Test
    void shouldRefuseWhatIsNoExpression() {
        Bypass broken = new Bypass(List.of(), List.of(new Bypass.HeaderMatch("x", "(")), List.of());

        assertThatThrownBy(() -> new AdmissionRules(rule.plan(Mode.CACHING, HOSTS, List.of(), broken)))
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageContaining("bypass.headers[x].pattern");
    }

    private Admission admit(PageRequest request) {
        return new AdmissionRules(rule.plan(Mode.CACHING, HOSTS, List.of(), BYPASS))
                .admit(request, rule.build(), Instant.EPOCH);
    }

    private static Admission pass(Reason reason) {
        return new PassThrough(reason, ForwardReason.BYPASS);
    }
}
