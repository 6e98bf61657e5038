package io.pagecache.proxy.elements;

import io.pagecache.http.PageRequest;
import io.pagecache.proxy.metrics.ValueMeters;
import io.pagecache.proxy.metrics.ValueMeters.Result;
import io.pagecache.proxy.stores.GuardedStore;
import io.pagecache.proxy.stores.StoreCommand;
import io.pagecache.template.Effect;
import io.pagecache.template.PageValue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The values of one page for one reader. A value that is missing, late or broken is its fallback, so this never fails, and all of
 * it together lasts no longer than the deadline of pages.
 */
public final class Gathering {
    private final ElementBatch.Surroundings with;
    private final Map<String, DeclaredValue> declared;
    private final PageRequest request;
    private final long began = System.nanoTime();
    private final Map<String, PageValue> values = new ConcurrentHashMap<>();

    Gathering(ElementBatch.Surroundings with, Map<String, DeclaredValue> declared, PageRequest request) {
        this.with = with;
        this.declared = declared;
        this.request = request;
    }

    /** Of the values that one store has to give. */
    private record Asked(String name, DeclaredValue value, StoredValue stored, String key, StoreCommand command) {}

    /**
     * Looks up these values at once, each store asked once for all of its own.
     *
     * @param effects what is done to some of them at the same time
     * @return all values so far by name, fallbacks in place, on the event loop that asked
     */
    public Future<Map<String, PageValue>> gather(Set<String> names, Map<String, Effect> effects) {
        List<Future<?>> late = new ArrayList<>();
        Map<GuardedStore, List<Asked>> errands = new LinkedHashMap<>();
        for (String name : names) {
            DeclaredValue value = declared.get(name);
            if (value != null) {
                switch (value.origin()) {
                    case DeclaredValue.Provided provided -> ask(name, value, provided, late);
                    case StoredValue stored -> prepare(name, value, stored, effects.get(name), errands);
                }
            }
        }
        errands.forEach((store, asked) -> ask(store, asked, late));
        return late.isEmpty()
                ? Future.succeededFuture(values)
                : Future.all(late).map(values);
    }

    /** Does to values what the chosen branches of a page ask for; nothing any more once the deadline has passed. */
    public Future<Map<String, PageValue>> carryOut(Map<String, Effect> effects) {
        return left(with.deadline()) <= 0 ? Future.succeededFuture(values) : gather(effects.keySet(), effects);
    }

    private void ask(String name, DeclaredValue value, DeclaredValue.Provided provided, List<Future<?>> late) {
        CompletionStage<PageValue> stage;
        try {
            stage = provided.provider().lookUp(request);
        } catch (RuntimeException broken) {
            settle(name, value, null, Result.FAILED);
            return;
        }
        var now = stage.toCompletableFuture();
        if (now.isDone() && !now.isCompletedExceptionally()) {
            settle(name, value, now.join(), Result.FOUND);
        } else {
            late.add(inTime(name, value, stage));
        }
    }

    private void prepare(
            String name,
            DeclaredValue value,
            StoredValue stored,
            @Nullable Effect effect,
            Map<GuardedStore, List<Asked>> errands) {
        String key = stored.key(request);
        if (key == null) {
            settle(name, value, PageValue.MISSING, Result.FOUND);
            return;
        }
        if (effect == null && !stored.ttl().isZero()) {
            PageValue kept = with.kept().current(stored.keptAs(key));
            if (kept != null) {
                settle(name, value, kept, Result.FOUND);
                return;
            }
        }
        errands.computeIfAbsent(stored.store(), store -> new ArrayList<>())
                .add(new Asked(name, value, stored, key, StoredValue.command(key, effect)));
    }

    private void ask(GuardedStore store, List<Asked> asked, List<Future<?>> late) {
        long mark = with.kept().mark();
        Future<List<Optional<String>>> answers =
                store.carryOut(asked.stream().map(Asked::command).toList());
        for (int i = 0; i < asked.size(); i++) {
            int mine = i;
            Asked one = asked.get(i);
            late.add(inTime(
                    one.name(),
                    one.value(),
                    answers.map(texts -> received(one, texts.get(mine).orElse(null), mark))
                            .toCompletionStage()));
        }
    }

    /** What has been taken out of the store is in no other page any more, so it must not be kept either. */
    private PageValue received(Asked one, @Nullable String text, long mark) {
        PageValue value = one.stored().valueOf(text);
        if (!one.stored().ttl().isZero()) {
            boolean taken = one.command() instanceof StoreCommand.Take;
            with.kept()
                    .put(
                            one.stored().keptAs(one.key()),
                            taken ? PageValue.MISSING : value,
                            one.stored().ttl(),
                            mark);
        }
        return value;
    }

    private Future<?> inTime(String name, DeclaredValue value, CompletionStage<PageValue> stage) {
        Vertx vertx = with.vertx();
        Promise<Void> settled = Promise.promise();
        long wait = Math.min(value.timeout().toMillis(), left(with.deadline()));
        long timer = vertx.setTimer(Math.max(1, wait), late -> {
            if (!settled.future().isComplete()) {
                settle(name, value, null, Result.LATE);
                settled.tryComplete();
            }
        });
        Future.fromCompletionStage(stage, vertx.getOrCreateContext()).onComplete(result -> {
            vertx.cancelTimer(timer);
            if (!settled.future().isComplete()) {
                settle(name, value, result.result(), result.succeeded() ? Result.FOUND : Result.FAILED);
                settled.tryComplete();
            }
        });
        return settled.future();
    }

    private long left(Duration deadline) {
        return deadline.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private void settle(String name, DeclaredValue value, @Nullable PageValue found, Result result) {
        boolean missing = found == null || found.isMissing();
        values.put(name, missing ? value.fallback() : found);
        ValueMeters meters = with.meters();
        meters.count(missing && result == Result.FOUND ? Result.MISSING : result);
    }
}
