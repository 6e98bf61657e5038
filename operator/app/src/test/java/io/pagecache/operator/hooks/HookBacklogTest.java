package io.pagecache.operator.hooks;

import static io.pagecache.operator.observe.Reports.NOW;
import static io.pagecache.operator.observe.Reports.pod;
import static io.pagecache.operator.observe.Reports.reported;
import static io.pagecache.operator.observe.Reports.state;
import static io.pagecache.operator.observe.Reports.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PurgingSpec.Hook;
import io.pagecache.api.v1alpha1.PurgingSpec.HookEvent;
import io.pagecache.api.v1alpha1.PurgingSpec.HookKey;
import io.pagecache.operator.Policies;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:W50")
class HookBacklogTest {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final PageCachePolicy POLICY = Policies.shop("hosts: [www.example.com]");
    private static final ProxyReport AT_TWO = reported(pod("a"), state("r", 2));

    @Test
    void shouldTellWhatTheProxiesHaveAppliedAndNoMore() {
        HookBacklog backlog = backlog(hook(HookEvent.PURGE), ledger(3), 0, NOW, AT_TWO);

        assertThat(backlog.upTo()).isEqualTo(2);
        assertThat(backlog.message().events())
                .extracting(HookMessage.Event::sequence)
                .containsExactly(1L, 2L);
    }

    @Test
    void shouldTellOfAPurgeThatIsOverdue() {
        HookBacklog early = backlog(hook(HookEvent.PURGE), ledger(1), 0, NOW, unreachable(pod("a")));
        HookBacklog late =
                backlog(hook(HookEvent.PURGE), ledger(1), 0, NOW.plus(DEADLINE).plusSeconds(1), unreachable(pod("a")));

        assertThat(early.isSilent()).isTrue();
        assertThat(late.message().events())
                .singleElement()
                .satisfies(event -> assertThat(event.proxies()).isEqualTo("0/1"));
    }

    @Test
    void shouldPassOverWhatTheHookDoesNotListenTo() {
        HookBacklog backlog = backlog(hook(HookEvent.CUT_OVER), ledger(2), 0, NOW, AT_TWO);

        assertThat(backlog.isSilent()).isTrue();
        assertThat(backlog.upTo()).isEqualTo(2);
    }

    @Test
    @DisplayName("W50: a hook hears of a cut-over when it has happened")
    void shouldTellOfACutOverOnceItHasHappened() {
        PurgeOrder order = new PurgeOrder(
                1,
                "cut-over",
                PurgeMode.HARD,
                List.of(new PurgeScope.All()),
                NOW,
                new PurgeOrder.CutOver(NOW.plusSeconds(2), NOW));
        PurgeLedger ledger = new PurgeLedger(1, List.of(order));

        HookBacklog before = backlog(hook(HookEvent.CUT_OVER), ledger, 0, NOW, AT_TWO);
        HookBacklog after = backlog(hook(HookEvent.CUT_OVER), ledger, 0, NOW.plusSeconds(2), AT_TWO);

        assertThat(before.upTo()).isZero();
        assertThat(after.message().events()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("CutOver");
            assertThat(event.all()).isTrue();
        });
    }

    @Test
    void shouldSayThatPurgesWentByUnseen() {
        PurgeLedger ledger = new PurgeLedger(9, ledger(9).orders().subList(5, 9));

        HookBacklog backlog = backlog(hook(HookEvent.PURGE), ledger, 3, NOW, reported(pod("a"), state("r", 9)));

        assertThat(backlog.message().missed()).isTrue();
        assertThat(backlog.upTo()).isEqualTo(9);
    }

    @Test
    @DisplayName("W50: the body names tags and URLs for a CDN, and no reader")
    void shouldNameWhatACdnNeedsAndNoReader() {
        PurgeOrder order = new PurgeOrder(
                1,
                "t",
                PurgeMode.SOFT,
                List.of(
                        new PurgeScope.Tag("article-42"),
                        new PurgeScope.Url("/news?page=1"),
                        new PurgeScope.Prefix("/blog/"),
                        new PurgeScope.User("session-4711")),
                NOW);

        HookBacklog backlog = backlog(hook(HookEvent.PURGE), new PurgeLedger(1, List.of(order)), 0, NOW, AT_TWO);

        String body = PlanJson.write(backlog.message());
        assertThat(body)
                .contains("\"tags\":[\"article-42\"]", "\"urls\":[\"/news?page=1\"]", "\"prefixes\":[\"/blog/\"]")
                .contains("\"mode\":\"Soft\"", "\"kind\":\"Purge\"")
                .doesNotContain("4711");
    }

    private static HookBacklog backlog(Hook hook, PurgeLedger ledger, long told, Instant now, ProxyReport report) {
        return HookBacklog.of(POLICY, hook, ledger, told, new HookBacklog.Due(List.of(report), DEADLINE, now));
    }

    private static Hook hook(HookEvent... events) {
        return new Hook("cdn", "https://cdn.example/", new HookKey("cdn", "key"), List.of(events), "5s");
    }

    private static PurgeLedger ledger(int orders) {
        List<PurgeOrder> all = new ArrayList<>();
        for (int i = 1; i <= orders; i++) {
            all.add(new PurgeOrder(i, "t" + i, PurgeMode.HARD, List.of(new PurgeScope.All()), NOW));
        }
        return new PurgeLedger(orders, all);
    }
}
