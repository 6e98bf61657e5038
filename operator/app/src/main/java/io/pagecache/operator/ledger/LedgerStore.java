package io.pagecache.operator.ledger;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.plan.AuthorRoll;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes ledgers. Both reconcilers order purges, on different threads and, around a change of leader, even in different
 * processes: each write therefore carries the version it was computed from, and starts again from what is stored when another
 * one came first. Nothing is read from an informer here, because a stale ledger would number two purges alike.
 */
@Singleton
public class LedgerStore {
    private static final int MAX_ATTEMPTS = 8;
    private static final int LOCKS = 64;

    private final KubernetesClient client;
    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();

    public LedgerStore(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Applies the change to what is stored.
     *
     * @param change may run several times
     * @return the page as stored afterwards, or empty when the policy has no plan yet to keep a ledger beside
     */
    public Optional<LedgerPage> update(PolicyChildren children, UnaryOperator<LedgerPage> change) {
        Lock lock = locks.get(Math.floorMod(children.hashCode(), LOCKS));
        lock.lock();
        try {
            return updateAlone(children, change);
        } finally {
            lock.unlock();
        }
    }

    /** Writers of this process wait for each other instead of spoiling each other's tries. */
    private Optional<LedgerPage> updateAlone(PolicyChildren children, UnaryOperator<LedgerPage> change) {
        Resource<ConfigMap> location =
                client.configMaps().inNamespace(children.namespace()).withName(children.planConfigMap());
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            ConfigMap stored = location.get();
            if (stored == null) {
                return Optional.empty();
            }
            LedgerPage before = LedgerPage.of(stored);
            LedgerPage after = change.apply(before);
            if (isStored(stored, before, after) || write(location, stored, after)) {
                return Optional.of(after);
            }
        }
        throw new IllegalStateException("The purge ledger in ConfigMap %s/%s was changed by others %d times in a row"
                .formatted(children.namespace(), children.planConfigMap(), MAX_ATTEMPTS));
    }

    /**
     * Mends a ledger that was lost: proxies that have applied more than it holds would take its next orders for done.
     *
     * @param page as it was sent to the proxies
     * @param applied the highest sequence that a proxy reports
     */
    public LedgerPage mended(PolicyChildren children, LedgerPage page, long applied) {
        return applied <= page.ledger().lastSequence()
                ? page
                : update(children, current -> current.raisedTo(applied)).orElse(page);
    }

    private static boolean isStored(ConfigMap stored, LedgerPage before, LedgerPage after) {
        return after.equals(before)
                && stored.getData() != null
                && stored.getData().containsKey(PolicyChildren.PURGES_KEY);
    }

    private boolean write(Resource<ConfigMap> location, ConfigMap basis, LedgerPage page) {
        PatchContext mergePatch = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(PolicyChildren.MANAGER)
                .build();
        try {
            location.patch(mergePatch, client.getKubernetesSerialization().asJson(patch(basis, page)));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /** The version makes the patch conditional; a patch of our two fields leaves the plan beside them alone. */
    private static ConfigMap patch(ConfigMap basis, LedgerPage page) {
        ConfigMapBuilder patch = new ConfigMapBuilder()
                .withNewMetadata()
                .withResourceVersion(basis.getMetadata().getResourceVersion())
                .endMetadata()
                .addToData(PolicyChildren.PURGES_KEY, PlanJson.write(page.ledger()));
        if (!page.authors().equals(AuthorRoll.EMPTY)) {
            patch.addToData(PolicyChildren.AUTHORS_KEY, PlanJson.write(page.authors()));
        }
        annotate(patch, LedgerPage.TAKEN_UP, page.annotation());
        Map<String, String> stored =
                Objects.requireNonNullElse(basis.getMetadata().getAnnotations(), Map.of());
        page.taken().annotations(stored).forEach((name, value) -> annotate(patch, name, value));
        return patch.build();
    }

    private static void annotate(ConfigMapBuilder patch, String name, @Nullable String value) {
        if (value != null) {
            patch.editMetadata().addToAnnotations(name, value).endMetadata();
        }
    }
}
