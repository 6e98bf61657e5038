package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.CacheBehaviour;
import io.pagecache.api.v1alpha1.ExperimentSpec;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

final class ExperimentChecks {
    private static final String PATH = "spec.experiments";

    private ExperimentChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        List<ExperimentSpec> experiments = spec.experiments();
        return duplicate(Field.each(PATH, ".name", experiments, ExperimentSpec::name))
                // Two experiments in one cookie would throw each other's readers out of their groups.
                .or(() -> duplicate(Field.each(PATH, ".cookie", experiments, ExperimentSpec::cookie)))
                .or(() -> Field.firstWrong(
                        Field.each(PATH, ".groups", experiments, ExperimentSpec::groups), ExperimentChecks::problemOf))
                .or(() -> unknown(spec));
    }

    private static Optional<Finding> duplicate(List<Field<String>> names) {
        Set<String> seen = new HashSet<>();
        return Field.firstWrong(
                names,
                name -> seen.add(name)
                        ? Optional.empty()
                        : Optional.of("'%s' is used before: expected one of its own".formatted(name)));
    }

    private static Optional<String> problemOf(List<ExperimentSpec.Group> groups) {
        Set<String> seen = new HashSet<>();
        for (ExperimentSpec.Group group : groups) {
            if (!seen.add(group.name())) {
                return Optional.of("group '%s' is there twice".formatted(group.name()));
            }
        }
        return groups.stream().anyMatch(group -> group.weight() > 0)
                ? Optional.empty()
                : Optional.of("no group has a weight above 0: expected one that new readers can join");
    }

    private static Optional<Finding> unknown(PageCachePolicySpec spec) {
        Set<String> known =
                spec.experiments().stream().map(ExperimentSpec::name).collect(Collectors.toSet());
        return Field.firstWrong(
                Field.concat(
                        named("spec.defaults", spec.defaults()),
                        Field.eachOf("spec.rules", spec.rules(), ExperimentChecks::named)),
                name -> known.contains(name)
                        ? Optional.empty()
                        : Optional.of("'%s' is none of %s".formatted(name, PATH)));
    }

    private static List<Field<String>> named(String path, CacheBehaviour behaviour) {
        CacheBehaviour.Key key = behaviour.key();
        return key == null || key.experiments() == null
                ? List.of()
                : Field.each(path + ".key.experiments", "", key.experiments(), name -> name);
    }
}
