package io.pagecache.proxy.elements;

import io.pagecache.http.PageRequest;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.Pages;
import io.pagecache.proxy.metrics.ValueMeters;
import io.pagecache.proxy.stores.StorePool;
import io.pagecache.template.MarkerProblem;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The values that a plan declares, ready to be looked up for pages. */
public final class ElementBatch {
    private final Surroundings with;
    private final Map<String, DeclaredValue> values;
    private final FollowedSources followed;

    private ElementBatch(Surroundings with, Map<String, DeclaredValue> values, FollowedSources followed) {
        this.with = with;
        this.values = Map.copyOf(values);
        this.followed = followed;
    }

    /**
     * What values need of the process; outlives plans.
     *
     * @param references directory with the files that policies refer to
     */
    public record Services(
            Vertx vertx,
            InstantSource clock,
            ValueServices remote,
            KeptValues kept,
            StorePool stores,
            ValueMeters meters,
            Path references) {}

    /** What looking up values of one plan needs. */
    record Surroundings(Vertx vertx, KeptValues kept, ValueMeters meters, Duration deadline) {}

    /** @throws InvalidPlanException when a fallback is not JSON, or a pattern or key cannot be read */
    public static ElementBatch of(Pages pages, Services services) {
        FollowedSources followed = new FollowedSources();
        ValueOrigins origins = new ValueOrigins(services, services.stores().of(pages), followed);
        Map<String, DeclaredValue> values = new java.util.HashMap<>();
        for (Pages.Value value : pages.values()) {
            values.put(value.name(), new DeclaredValue(origins.of(value), value.timeout(), FallbackJson.parse(value)));
        }
        return new ElementBatch(
                new Surroundings(services.vertx(), services.kept(), services.meters(), pages.deadline()),
                values,
                followed);
    }

    /** The values of one page for one reader. */
    public Gathering begin(PageRequest request) {
        return new Gathering(with, values, request);
    }

    /** Counts mistakes in the markers of a page. */
    public void found(List<MarkerProblem> problems) {
        with.meters().count(problems);
    }

    /** Takes up changes of the files that values come from. Blocks for the reading. */
    public void look() {
        followed.look();
    }
}
