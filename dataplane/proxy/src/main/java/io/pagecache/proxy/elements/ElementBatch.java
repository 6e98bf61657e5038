package io.pagecache.proxy.elements;

import io.pagecache.http.PageRequest;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.template.ElementProvider;
import io.pagecache.template.PageValue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks up all values of a page at once. A value that is missing, late or broken is its fallback, so the batch never fails, and it
 * lasts no longer than the longest timeout among its values.
 */
public final class ElementBatch {
    private final Vertx vertx;
    private final Map<String, DeclaredValue> values;

    private ElementBatch(Vertx vertx, Map<String, DeclaredValue> values) {
        this.vertx = vertx;
        this.values = Map.copyOf(values);
    }

    /** What providers need of the process; outlives plans. */
    public record Services(Vertx vertx, ValueFetcher fetcher, KeptValues kept) {}

    /** @throws InvalidPlanException when a fallback is not JSON */
    public static ElementBatch of(Pages pages, Services services) {
        Map<String, DeclaredValue> values = new HashMap<>();
        for (Pages.Value value : pages.values()) {
            values.put(
                    value.name(),
                    new DeclaredValue(provider(value, services), value.timeout(), FallbackJson.parse(value)));
        }
        return new ElementBatch(services.vertx(), values);
    }

    private static ElementProvider provider(Pages.Value value, Services services) {
        return switch (value.source()) {
            case ValueSource.Cookie(var name) -> RequestValues.cookie(name);
            case ValueSource.Header(var name) -> RequestValues.header(name);
            case ValueSource.Query(var name) -> RequestValues.query(name);
            case ValueSource.Http http -> new HttpValue(value, http, services.fetcher(), services.kept());
        };
    }

    /** @return values by name, fallbacks in place, on the event loop that asked */
    public Future<Map<String, PageValue>> gather(Set<String> names, PageRequest request) {
        Map<String, PageValue> gathered = new ConcurrentHashMap<>();
        List<Future<Void>> late = new ArrayList<>();
        for (String name : names) {
            DeclaredValue declared = values.get(name);
            if (declared != null) {
                Future<Void> pending = lookUp(declared, request)
                        .map(value -> value.isMissing() ? declared.fallback() : value)
                        .otherwise(declared.fallback())
                        .map(value -> {
                            gathered.put(name, value);
                            return null;
                        });
                if (!pending.isComplete()) {
                    late.add(pending);
                }
            }
        }
        return late.isEmpty()
                ? Future.succeededFuture(gathered)
                : Future.all(late).map(gathered);
    }

    private Future<PageValue> lookUp(DeclaredValue declared, PageRequest request) {
        CompletionStage<PageValue> stage;
        try {
            stage = declared.provider().lookUp(request);
        } catch (RuntimeException broken) {
            return Future.failedFuture(broken);
        }
        var now = stage.toCompletableFuture();
        if (now.isDone() && !now.isCompletedExceptionally()) {
            return Future.succeededFuture(now.join());
        }
        Promise<PageValue> inTime = Promise.promise();
        long timer = vertx.setTimer(
                Math.max(1, declared.timeout().toMillis()), late -> inTime.tryComplete(declared.fallback()));
        Future.fromCompletionStage(stage, vertx.getOrCreateContext()).onComplete(result -> {
            vertx.cancelTimer(timer);
            inTime.tryComplete(result.succeeded() ? result.result() : declared.fallback());
        });
        return inTime.future();
    }
}
