package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.AuthorsSpec;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Readers never wait longer than a day for what authors have finished. */
final class AuthorChecks {
    private static final Duration LONGEST = Duration.ofDays(1);

    private AuthorChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        AuthorsSpec authors = spec.authors();
        return authors == null
                ? Optional.empty()
                : Field.firstWrong(
                        List.of(
                                Field.of("spec.authors.quietPeriod", authors.quietPeriod()),
                                Field.of("spec.authors.minOthersQuiet", authors.minOthersQuiet())),
                        AuthorChecks::problemOf);
    }

    private static Optional<String> problemOf(String text) {
        Optional<Duration> duration = DurationText.parse(text);
        if (duration.isEmpty()) {
            return Optional.of("'%s': %s".formatted(text, DurationText.EXPECTED));
        }
        return duration.get().compareTo(LONGEST) <= 0
                ? Optional.empty()
                : Optional.of("'%s' is longer than a day: expected at most 24h".formatted(text));
    }
}
