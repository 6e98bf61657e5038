package io.pagecache.admission;

import io.pagecache.http.ClientAddress;
import io.pagecache.http.Cookies;
import io.pagecache.http.FieldList;
import io.pagecache.http.HostName;
import io.pagecache.http.PageRequest;
import io.pagecache.match.Expression;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Bypass;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Cidr;
import io.pagecache.plan.Mode;
import io.pagecache.plan.Rule;
import io.pagecache.status.ForwardReason;
import io.pagecache.status.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may use the cache: the first check that objects is the answer. Compiled once per plan.
 *
 * <p>A GET or HEAD with a body is passed on with its body and its answer is never kept, so the body can neither change a page that
 * others get nor get lost.
 */
public final class AdmissionRules {
    private static final Admission CACHEABLE = new Admission.Cacheable();

    /** Objects with an answer, or has nothing to say. */
    @FunctionalInterface
    private interface Check {
        @Nullable
        Admission objection(PageRequest request, Rule rule, Instant now);
    }

    private record TemporaryClients(Cidr block, Instant until) {}

    private record HeaderCheck(String name, Expression expression) {}

    private final List<Check> checks;
    private final boolean caching;
    private final Set<String> hosts;
    private final List<Cidr> clients;
    private final List<TemporaryClients> temporary;
    private final List<HeaderCheck> headers;
    private final List<String> cookies;

    /** @throws io.pagecache.plan.InvalidPlanException when an expression of the bypass is not RE2 */
    public AdmissionRules(CachePlan plan) {
        this.caching = plan.mode() == Mode.CACHING;
        this.hosts = Set.copyOf(plan.hosts());
        this.clients = clients(plan.bypass());
        this.temporary = plan.bypass().temporary().stream()
                .map(entry -> new TemporaryClients(Cidr.parse("bypass.temporary", entry.cidr()), entry.until()))
                .toList();
        this.headers = headers(plan.bypass());
        this.cookies = plan.bypass().cookies();
        this.checks = List.of(
                this::unknownHost,
                this::refusedMethod,
                this::upgrade,
                this::passThroughMode,
                this::otherMethod,
                this::requestBody,
                this::neverCached,
                this::bypassedClient,
                this::bypassedHeader,
                this::bypassedCookie,
                this::bypassedQuery);
    }

    private static List<Cidr> clients(Bypass bypass) {
        List<Cidr> blocks = new ArrayList<>(bypass.clientIps().size());
        for (String cidr : bypass.clientIps()) {
            blocks.add(Cidr.parse("bypass.clientIps", cidr));
        }
        return List.copyOf(blocks);
    }

    private static List<HeaderCheck> headers(Bypass bypass) {
        List<HeaderCheck> compiled = new ArrayList<>(bypass.headers().size());
        for (Bypass.HeaderMatch match : bypass.headers()) {
            Expression expression =
                    Expression.compile("bypass.headers[%s].pattern".formatted(match.name()), match.pattern());
            compiled.add(new HeaderCheck(match.name(), expression));
        }
        return List.copyOf(compiled);
    }

    /** @param now decides which temporary entries still hold */
    public Admission admit(PageRequest request, Rule rule, Instant now) {
        for (int i = 0; i < checks.size(); i++) {
            Admission objection = checks.get(i).objection(request, rule, now);
            if (objection != null) {
                return objection;
            }
        }
        return CACHEABLE;
    }

    /** 421 (RFC 9110 section 15.5.20): never another site's pages under a name that is not served. */
    private @Nullable Admission unknownHost(PageRequest request, Rule rule, Instant now) {
        boolean served = hosts.isEmpty() || hosts.contains(HostName.withoutPort(request.host()));
        return served ? null : new Admission.Refused(421, Reason.UNKNOWN_HOST);
    }

    private @Nullable Admission refusedMethod(PageRequest request, Rule rule, Instant now) {
        boolean refused = request.method().equals("CONNECT") || request.method().equals("TRACE");
        return refused ? new Admission.Refused(405, Reason.METHOD_REFUSED) : null;
    }

    /** Only WebSocket: any other upgrade is an offer that may be declined by not mentioning it (RFC 9110 section 7.8). */
    private @Nullable Admission upgrade(PageRequest request, Rule rule, Instant now) {
        if (!request.headers().contains("Upgrade")) {
            return null;
        }
        for (String protocol : FieldList.members(request.headers(), "Upgrade")) {
            if (protocol.equalsIgnoreCase("websocket")) {
                return pass(Reason.UPGRADE);
            }
        }
        return null;
    }

    private @Nullable Admission passThroughMode(PageRequest request, Rule rule, Instant now) {
        return caching ? null : pass(Reason.PASS_THROUGH_MODE);
    }

    private @Nullable Admission otherMethod(PageRequest request, Rule rule, Instant now) {
        return request.isRetrieval()
                ? null
                : new Admission.PassThrough(Reason.METHOD_NOT_CACHEABLE, ForwardReason.METHOD);
    }

    private @Nullable Admission requestBody(PageRequest request, Rule rule, Instant now) {
        return request.hasBody() ? pass(Reason.REQUEST_BODY) : null;
    }

    private @Nullable Admission neverCached(PageRequest request, Rule rule, Instant now) {
        return rule.behaviour().cache() == Behaviour.Cache.NEVER ? pass(Reason.RULE_NEVER) : null;
    }

    private @Nullable Admission bypassedClient(PageRequest request, Rule rule, Instant now) {
        boolean none = clients.isEmpty() && temporary.isEmpty();
        return !none && isBypassed(request.client(), now) ? pass(Reason.BYPASS_CLIENT_IP) : null;
    }

    private boolean isBypassed(ClientAddress client, Instant now) {
        byte[] address = client.bytes();
        for (int i = 0; i < temporary.size(); i++) {
            TemporaryClients entry = temporary.get(i);
            if (now.isBefore(entry.until()) && entry.block().contains(address)) {
                return true;
            }
        }
        for (int i = 0; i < clients.size(); i++) {
            if (clients.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Admission bypassedHeader(PageRequest request, Rule rule, Instant now) {
        for (int i = 0; i < headers.size(); i++) {
            HeaderCheck check = headers.get(i);
            String value = request.headers().combined(check.name());
            if (value != null && check.expression().matchesWhole(value)) {
                return pass(Reason.BYPASS_HEADER);
            }
        }
        return null;
    }

    private @Nullable Admission bypassedCookie(PageRequest request, Rule rule, Instant now) {
        for (int i = 0; i < cookies.size(); i++) {
            if (Cookies.contains(request.headers(), cookies.get(i))) {
                return pass(Reason.BYPASS_COOKIE);
            }
        }
        return null;
    }

    private @Nullable Admission bypassedQuery(PageRequest request, Rule rule, Instant now) {
        boolean bypassed =
                request.query() != null && rule.behaviour().key().query().mode() == Behaviour.QueryKey.Mode.BYPASS;
        return bypassed ? pass(Reason.QUERY_STRING) : null;
    }

    private static Admission pass(Reason reason) {
        return new Admission.PassThrough(reason, ForwardReason.BYPASS);
    }
}
