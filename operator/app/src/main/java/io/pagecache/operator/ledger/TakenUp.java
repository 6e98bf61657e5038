package io.pagecache.operator.ledger;

import io.pagecache.operator.compile.PlanJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was done about a policy beside its purge annotation. It stands in annotations of the ledger's ConfigMap, each written together
 * with the order it stands for, so that no restart repeats or forgets anything.
 *
 * @param authors value of the authors annotation that was taken up last, or null
 * @param bypasses bypasses that ended up to then have been purged for
 * @param rollouts versions of workloads that have been purged for, by kind and name
 * @param hooks the last purge that each hook was told of, by its name
 */
public record TakenUp(
        @Nullable String authors, Instant bypasses, Map<String, String> rollouts, Map<String, Long> hooks) {
    static final TakenUp NOTHING = new TakenUp(null, Instant.EPOCH, Map.of(), Map.of());

    private static final String AUTHORS = "pagecache.io/authors-taken-up";
    private static final String BYPASSES = "pagecache.io/bypasses-taken-up";
    private static final String ROLLOUTS = "pagecache.io/rollouts-taken-up";
    private static final String HOOKS = "pagecache.io/hooks-told";

    public TakenUp {
        rollouts = Map.copyOf(rollouts);
        hooks = Map.copyOf(hooks);
    }

    /** What the ConfigMap's annotations say; what somebody made unreadable counts as never seen. */
    static TakenUp of(Map<String, String> annotations) {
        return new TakenUp(
                annotations.get(AUTHORS),
                instant(annotations.get(BYPASSES)),
                read(annotations.get(ROLLOUTS), Rollouts.class, new Rollouts(null))
                        .known(),
                read(annotations.get(HOOKS), Hooks.class, new Hooks(null)).known());
    }

    /**
     * The annotations that say so.
     *
     * @param stored what the ConfigMap has now: only there can something be left to take back
     */
    Map<String, String> annotations(Map<String, String> stored) {
        Map<String, String> annotations = new TreeMap<>();
        if (authors != null) {
            annotations.put(AUTHORS, authors);
        }
        if (bypasses.isAfter(Instant.EPOCH)) {
            annotations.put(BYPASSES, bypasses.toString());
        }
        if (!rollouts.isEmpty() || stored.containsKey(ROLLOUTS)) {
            annotations.put(ROLLOUTS, PlanJson.write(new Rollouts(new TreeMap<>(rollouts))));
        }
        if (!hooks.isEmpty() || stored.containsKey(HOOKS)) {
            annotations.put(HOOKS, PlanJson.write(new Hooks(new TreeMap<>(hooks))));
        }
        return annotations;
    }

    TakenUp withAuthors(String value) {
        return new TakenUp(value, bypasses, rollouts, hooks);
    }

    TakenUp withBypasses(Instant upTo) {
        return new TakenUp(authors, upTo, rollouts, hooks);
    }

    TakenUp withRollouts(Map<String, String> versions) {
        return new TakenUp(authors, bypasses, versions, hooks);
    }

    TakenUp withHooks(Map<String, Long> told) {
        return new TakenUp(authors, bypasses, rollouts, told);
    }

    record Rollouts(@Nullable Map<String, String> versions) {
        Map<String, String> known() {
            return versions == null ? Map.of() : versions;
        }
    }

    record Hooks(@Nullable Map<String, Long> told) {
        Map<String, Long> known() {
            return told == null ? Map.of() : told;
        }
    }

    private static <T> T read(@Nullable String json, Class<T> type, T otherwise) {
        try {
            return json == null ? otherwise : PlanJson.read(json, type);
        } catch (IOException e) {
            return otherwise;
        }
    }

    private static Instant instant(@Nullable String text) {
        try {
            return text == null ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
