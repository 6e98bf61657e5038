package io.pagecache.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What readers are parted by besides the key.
 *
 * @param experiments trials that readers are divided among
 * @param languageRedirect hosts that send readers on to the host of their language; null: none
 */
public record Variants(
        List<Experiment> experiments, @Nullable LanguageRedirect languageRedirect) {
    public static final Variants NONE = new Variants(List.of(), null);

    public Variants {
        experiments = List.copyOf(experiments);
    }

    /**
     * A trial whose groups see different pages.
     *
     * @param name lower-case letters, digits and hyphens: part of the request field that tells the origin the group
     * @param cookie name of the cookie that keeps a reader in its group
     * @param groups at least one with a weight above zero
     */
    public record Experiment(String name, String cookie, List<Group> groups) {
        public Experiment {
            groups = List.copyOf(groups);
            if (groups.stream().noneMatch(group -> group.weight() > 0)) {
                throw new InvalidPlanException(
                        "variants.experiments[%s].groups".formatted(name), "has no weight above zero");
            }
        }
    }

    /**
     * @param name value of the cookie and of the field to the origin
     * @param weight share of new readers, in relation to the other groups; zero: none, though those who are in it stay
     */
    public record Group(String name, int weight) {
        public Group {
            if (weight < 0) {
                throw new InvalidPlanException("variants.experiments.groups", "has weight %d".formatted(weight));
            }
        }
    }

    /**
     * Readers of some hosts are sent to the host of their language.
     *
     * @param hosts host names without port whose readers are looked at, lower case
     * @param stay language of those hosts themselves
     * @param targets hosts of the other languages
     * @param cookie name of a cookie whose value, if it is one of the languages, ranks before {@code Accept-Language}; null: none
     */
    public record LanguageRedirect(
            List<String> hosts,
            String stay,
            List<Target> targets,
            @Nullable String cookie) {
        public LanguageRedirect {
            hosts = List.copyOf(hosts);
            targets = List.copyOf(targets);
            for (Target target : targets) {
                if (hosts.contains(target.host())) {
                    throw new InvalidPlanException(
                            "variants.languageRedirect.targets",
                            "has '%s', which is among the hosts that redirect".formatted(target.host()));
                }
            }
        }
    }

    /** @param host lower case without port */
    public record Target(String language, String host) {}
}
