package io.pagecache.variants;

import io.pagecache.http.Cookies;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Variants.Experiment;
import io.pagecache.plan.Variants.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The experiments of one plan. A request gets its groups once, at the door, as fields that tell them to whoever looks later: the
 * origin, the variant look-up, the elements of a page. A group comes from the reader's cookie, or by chance and weight for readers
 * that have none. Fields of that kind in what the client sent are taken out: only the proxy writes them.
 */
public final class Experiments {
    /** Begins the names of request fields that only the proxy writes. */
    public static final String RESERVED_PREFIX = "pagecache-";

    /** The field {@code Pagecache-Experiment-hero} tells the group of experiment {@code hero}. */
    public static final String FIELD_PREFIX = RESERVED_PREFIX + "experiment-";

    private static final String SENT_PREFIX = "Pagecache-Experiment-";
    private static final int THIRTY_DAYS_IN_SECONDS = 30 * 24 * 60 * 60;

    private final List<Experiment> experiments;
    private final Map<String, Experiment> byField;
    private final DoubleSupplier chance;

    /** @param chance yields numbers from 0.0 to below 1.0 */
    public Experiments(List<Experiment> experiments, DoubleSupplier chance) {
        this.experiments = experiments;
        this.byField = new HashMap<>();
        for (Experiment experiment : experiments) {
            byField.put(FIELD_PREFIX + experiment.name(), experiment);
        }
        this.chance = chance;
    }

    /** Name of the request field that tells the group of this experiment, lower case. */
    static String fieldOf(String experiment) {
        return FIELD_PREFIX + experiment;
    }

    /** The request with the groups of its reader, and without what the client claims about them. */
    public PageRequest assign(PageRequest request) {
        boolean claims = claims(request.headers());
        if (experiments.isEmpty() && !claims) {
            return request;
        }
        Headers.Builder fields = claims ? withoutClaims(request.headers()) : request.headers().toBuilder();
        for (int i = 0; i < experiments.size(); i++) {
            Experiment experiment = experiments.get(i);
            Group known = groupOf(experiment, Cookies.value(request.headers(), experiment.cookie()));
            Group group = known == null ? drawn(experiment) : known;
            fields.add(SENT_PREFIX + experiment.name(), group.name());
        }
        return request.with(fields.build());
    }

    private static boolean claims(Headers headers) {
        boolean[] found = new boolean[1];
        headers.forEach((name, value) -> found[0] |= isReserved(name));
        return found[0];
    }

    private static Headers.Builder withoutClaims(Headers headers) {
        Headers.Builder kept = Headers.builder();
        headers.forEach((name, value) -> {
            if (!isReserved(name)) {
                kept.add(name, value);
            }
        });
        return kept;
    }

    private static boolean isReserved(String name) {
        return name.regionMatches(true, 0, RESERVED_PREFIX, 0, RESERVED_PREFIX.length());
    }

    private static @Nullable Group groupOf(Experiment experiment, @Nullable String name) {
        if (name != null) {
            for (Group group : experiment.groups()) {
                if (group.name().equals(name)) {
                    return group;
                }
            }
        }
        return null;
    }

    private Group drawn(Experiment experiment) {
        long total = 0;
        for (Group group : experiment.groups()) {
            total += group.weight();
        }
        double point = chance.getAsDouble() * total;
        for (Group group : experiment.groups()) {
            point -= group.weight();
            if (point < 0) {
                return group;
            }
        }
        return experiment.groups().getLast();
    }

    /**
     * {@code Set-Cookie} values that keep a reader in the groups that a reply depends on; only those it does not have yet.
     *
     * @param assigned from {@link #assign}
     * @param dependsOn names of request fields that the reply depends on, lower case
     */
    public List<String> newCookies(PageRequest assigned, List<String> dependsOn) {
        if (experiments.isEmpty()) {
            return List.of();
        }
        List<String> fresh = new ArrayList<>(0);
        for (int i = 0; i < dependsOn.size(); i++) {
            Experiment experiment = byField.get(dependsOn.get(i));
            String group = experiment == null ? null : assigned.headers().first(dependsOn.get(i));
            if (experiment != null
                    && group != null
                    && !group.equals(Cookies.value(assigned.headers(), experiment.cookie()))) {
                fresh.add(setCookie(experiment.cookie(), group, assigned.scheme()));
            }
        }
        return fresh;
    }

    /** Scripts of the page may read it: it holds no secret, and analytics want to know the group. */
    private static String setCookie(String name, String group, String scheme) {
        String secure = scheme.toLowerCase(Locale.ROOT).equals("https") ? "; Secure" : "";
        return name + '=' + group + "; Path=/; Max-Age=" + THIRTY_DAYS_IN_SECONDS + "; SameSite=Lax" + secure;
    }
}
