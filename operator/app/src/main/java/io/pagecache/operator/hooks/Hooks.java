package io.pagecache.operator.hooks;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PurgingSpec.Hook;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.ledger.LedgerStore;
import io.pagecache.operator.push.ProxyReport;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells hooks what was purged. Up to which purge each was told stands beside the ledger: each pass of the leader sends what is missing, so
 * a restart repeats a call at most, and never forgets one. A call is made beside the pass, one at a time for each hook, with all that has
 * come together; no purge waits for it. A hook that fails too often is given up for what it was to be told, and hears of the next purge.
 */
@Singleton
public class Hooks {
    private static final Logger log = Logger.getLogger(Hooks.class);

    private final LedgerStore ledgers;
    private final HookClient client;
    private final HookNews news;
    private final OperatorConfig config;
    private final Clock clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> justTold = new ConcurrentHashMap<>();
    private final ExecutorService oneThreadEach = Executors.newVirtualThreadPerTaskExecutor();

    public Hooks(LedgerStore ledgers, HookClient client, HookNews news, OperatorConfig config, Clock clock) {
        this.ledgers = ledgers;
        this.client = client;
        this.news = news;
        this.config = config;
        this.clock = clock;
    }

    /** Begins the calls that are due. Whether a hook is still behind, so that somebody has to look again soon. */
    public boolean tell(PageCachePolicy policy, LedgerPage page, List<ProxyReport> reports) {
        List<Hook> hooks = policy.getSpec().purging().hooks();
        LedgerPage known = withKnown(policy, page, hooks);
        HookBacklog.Due due = new HookBacklog.Due(reports, config.purges().deadline(), clock.instant());
        boolean behind = false;
        for (Hook hook : hooks) {
            Long stored = known.taken().hooks().get(hook.name());
            if (stored == null) {
                continue;
            }
            long told = told(policy, hook, stored, known);
            behind |= told < known.ledger().lastSequence();
            HookBacklog backlog = HookBacklog.of(policy, hook, known.ledger(), told, due);
            if (backlog.upTo() > told) {
                begin(policy, hook, backlog);
            }
        }
        return behind;
    }

    /** The page may come from a cache that has not heard of the last call yet. A lost ledger begins below what is remembered here. */
    private long told(PageCachePolicy policy, Hook hook, long stored, LedgerPage page) {
        long remembered = justTold.getOrDefault(key(policy, hook), 0L);
        boolean isNews = remembered > stored && remembered <= page.ledger().lastSequence();
        if (!isNews) {
            justTold.remove(key(policy, hook));
        }
        return isNews ? remembered : stored;
    }

    /** A new hook hears of what is purged from now on; one that is gone is forgotten. */
    private LedgerPage withKnown(PageCachePolicy policy, LedgerPage page, List<Hook> hooks) {
        LedgerPage known = known(page, hooks);
        return known.equals(page)
                ? page
                : ledgers.update(PolicyChildren.of(policy), current -> known(current, hooks))
                        .orElse(page);
    }

    static LedgerPage known(LedgerPage page, List<Hook> hooks) {
        Map<String, Long> told = new TreeMap<>();
        for (Hook hook : hooks) {
            told.put(
                    hook.name(),
                    page.taken().hooks().getOrDefault(hook.name(), page.ledger().lastSequence()));
        }
        return told.equals(page.taken().hooks()) ? page : page.rememberHooks(told);
    }

    private void begin(PageCachePolicy policy, Hook hook, HookBacklog backlog) {
        String key = key(policy, hook);
        if (!underWay.add(key)) {
            return;
        }
        oneThreadEach.execute(() -> {
            try {
                deliver(policy, hook, backlog);
                justTold.put(key, backlog.upTo());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (KubernetesClientException | IllegalStateException e) {
                log.warnf("Hook %s is called again in the next pass: %s", key, e.getMessage());
            } finally {
                underWay.remove(key);
            }
        });
    }

    private void deliver(PageCachePolicy policy, Hook hook, HookBacklog backlog) throws InterruptedException {
        if (!backlog.isSilent()) {
            call(policy, hook, backlog);
        }
        ledgers.update(PolicyChildren.of(policy), current -> toldUpTo(current, hook.name(), backlog.upTo()));
    }

    private void call(PageCachePolicy policy, Hook hook, HookBacklog backlog) throws InterruptedException {
        String body = PlanJson.write(backlog.message());
        String delivery = "%s/%s/%d".formatted(policy.getMetadata().getUid(), hook.name(), backlog.upTo());
        Instant begin = clock.instant();
        HookRetries retries =
                new HookRetries(config.hooks().firstRetry(), config.hooks().attempts());
        while (true) {
            var problem = client.call(policy.getMetadata().getNamespace(), hook, delivery, body);
            if (problem.isEmpty()) {
                news.taken();
                return;
            }
            log.debugf("Hook %s of %s: %s", hook.name(), policy.getMetadata().getName(), problem.get());
            var pause = retries.next();
            if (pause.isEmpty()) {
                news.givenUp(policy, hook, backlog, problem.get(), begin);
                return;
            }
            news.failed();
            TimeUnit.MILLISECONDS.sleep(pause.get().toMillis());
        }
    }

    private static String key(PageCachePolicy policy, Hook hook) {
        return policy.getMetadata().getUid() + "/" + hook.name();
    }

    /** A hook that was taken out of the policy meanwhile does not come back by this. */
    static LedgerPage toldUpTo(LedgerPage page, String hook, long upTo) {
        Long before = page.taken().hooks().get(hook);
        if (before == null || before >= upTo) {
            return page;
        }
        Map<String, Long> told = new TreeMap<>(page.taken().hooks());
        told.put(hook, upTo);
        return page.rememberHooks(told);
    }

    @PreDestroy
    public void close() {
        oneThreadEach.shutdownNow();
    }
}
