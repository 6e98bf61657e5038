package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.PurgingSpec.Hook;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class HookChecks {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private HookChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        List<Hook> hooks = spec.purging().hooks();
        return Field.firstWrong(Field.each("spec.purging.hooks", ".url", hooks, Hook::url), HookChecks::urlProblem)
                .or(() -> Field.firstWrong(
                        Field.each("spec.purging.hooks", ".timeout", hooks, Hook::timeout), HookChecks::timeoutProblem))
                .or(() -> duplicate(hooks));
    }

    private static Optional<Finding> duplicate(List<Hook> hooks) {
        Set<String> names = new HashSet<>();
        return Field.firstWrong(
                Field.each("spec.purging.hooks", ".name", hooks, Hook::name),
                name -> names.add(name)
                        ? Optional.empty()
                        : Optional.of("'%s' is taken by another hook".formatted(name)));
    }

    private static Optional<String> urlProblem(String text) {
        try {
            URI uri = new URI(text);
            boolean isPlain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65535;
            return isPlain ? Optional.empty() : Optional.of("'%s': expected https://host[:port]/path".formatted(text));
        } catch (URISyntaxException e) {
            return Optional.of("'%s' is no URL: %s".formatted(text, e.getReason()));
        }
    }

    private static Optional<String> timeoutProblem(String text) {
        Optional<Duration> timeout = DurationText.parse(text);
        if (timeout.isEmpty()) {
            return Optional.of("'%s': %s".formatted(text, DurationText.EXPECTED));
        }
        boolean fits = timeout.get().compareTo(SHORTEST) >= 0 && timeout.get().compareTo(LONGEST) <= 0;
        return fits ? Optional.empty() : Optional.of("'%s': expected from 100ms to 30s".formatted(text));
    }
}
