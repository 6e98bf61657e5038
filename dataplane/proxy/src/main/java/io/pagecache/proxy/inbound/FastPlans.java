package io.pagecache.proxy.inbound;

import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Bypass;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Cidr;
import io.pagecache.plan.IpAddress;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Variants.LanguageRedirect;
import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.front.FastPlan;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.PlanHolder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the fast path must know of the plan in force, made once per plan. Thread-safe. */
final class FastPlans implements Supplier<@Nullable FastPlan> {
    private static final int MUST_ASK_THE_CHAIN = -1;
    private static final int UNTRUSTED = 0;
    private static final int TRUSTED = 1;

    /** @param addresses of authors, known by these very objects */
    private record Made(FastPlan plan, Set<String> addresses) {}

    private final PlanHolder plans;
    private final AuthorSessions authors;
    private volatile @Nullable Made latest;

    FastPlans(PlanHolder plans, AuthorSessions authors) {
        this.plans = plans;
        this.authors = authors;
    }

    @Override
    public @Nullable FastPlan get() {
        ActivePlan active = plans.current();
        if (active == null) {
            return null;
        }
        Made known = latest;
        Set<String> addresses = authors.addresses();
        if (known == null || known.plan().identity() != active || known.addresses() != addresses) {
            known = new Made(of(active, active.plan(), addresses, authors::addressId), addresses);
            latest = known;
        }
        return known.plan();
    }

    static FastPlan of(
            Object identity, CachePlan plan, Set<String> authors, Function<byte[], @Nullable String> addressIds) {
        Set<String> significant = new HashSet<>();
        boolean cookies = !plan.bypass().cookies().isEmpty();
        for (Bypass.HeaderMatch match : plan.bypass().headers()) {
            significant.add(match.name());
        }
        for (Behaviour behaviour : behaviours(plan)) {
            significant.addAll(behaviour.key().headers());
            cookies |= !behaviour.key().cookies().isEmpty();
            if (!behaviour.key().languages().isEmpty()) {
                significant.add("accept-language");
            }
            if (behaviour.key().device()) {
                significant.add("user-agent");
                significant.add("sec-ch-ua-mobile");
            }
        }
        LanguageRedirect redirect = plan.variants().languageRedirect();
        if (redirect != null) {
            significant.add("accept-language");
            cookies |= redirect.cookie() != null;
        }
        List<Cidr> bypassed = blocks(Stream.concat(
                        plan.bypass().clientIps().stream(),
                        plan.bypass().temporary().stream().map(Bypass.Temporary::cidr))
                .toList());
        List<Cidr> trusted = blocks(plan.trustedProxies());
        if (!(bypassed.isEmpty() && authors.isEmpty()) && !trusted.isEmpty()) {
            significant.add("x-forwarded-for");
            significant.add("forwarded");
        }
        cookies |= significant.contains("cookie");
        Predicate<byte[]> mustAsk = address -> isIn(bypassed, address)
                || (!authors.isEmpty() && authors.contains(String.valueOf(addressIds.apply(address))));
        return FastPlan.of(
                identity, significant, cookies, plan.authors() != null, peer -> classOf(peer, mustAsk, trusted));
    }

    private static List<Behaviour> behaviours(CachePlan plan) {
        List<Behaviour> all = new ArrayList<>();
        all.add(plan.defaults());
        for (Rule rule : plan.rules()) {
            all.add(rule.behaviour());
        }
        return all;
    }

    private static List<Cidr> blocks(List<String> texts) {
        return texts.stream().map(text -> Cidr.parse("fast path", text)).toList();
    }

    private static int classOf(String peer, Predicate<byte[]> mustAsk, List<Cidr> trusted) {
        byte[] address = IpAddress.parse(peer);
        if (address == null || mustAsk.test(address)) {
            return MUST_ASK_THE_CHAIN;
        }
        return isIn(trusted, address) ? TRUSTED : UNTRUSTED;
    }

    private static boolean isIn(List<Cidr> blocks, byte[] address) {
        for (Cidr block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
