package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.CacheBehaviour;
import io.pagecache.api.v1alpha1.OriginSpec.Timeouts;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.PagesSpec;
import io.pagecache.api.v1alpha1.StoreSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

final class DurationChecks {
    static final String UNTIL_PURGED = "UntilPurged";

    private DurationChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        return Field.firstWrong(waits(spec), DurationChecks::mustBePositive)
                .or(() -> Field.firstWrong(lifetimes(spec), DurationChecks::mayBeUntilPurged))
                .or(() -> Field.firstWrong(plain(spec), DurationChecks::mustBeDuration));
    }

    private static List<Field<String>> waits(PageCachePolicySpec spec) {
        Timeouts timeouts = spec.origin().timeouts();
        return Field.concat(
                List.of(
                        Field.of("spec.origin.timeouts.connect", timeouts.connect()),
                        Field.of("spec.origin.timeouts.firstByte", timeouts.firstByte()),
                        Field.of("spec.origin.timeouts.idle", timeouts.idle())),
                Field.each("spec.pages.values", ".timeout", spec.pages().values(), PagesSpec.Value::timeout),
                Field.each("spec.pages.stores", ".timeout", spec.pages().stores(), StoreSpec::timeout),
                List.of(Field.of("spec.pages.deadline", spec.pages().deadline())));
    }

    private static List<Field<String>> lifetimes(PageCachePolicySpec spec) {
        return Field.concat(
                lifetimes("spec.defaults", spec.defaults()),
                Field.eachOf("spec.rules", spec.rules(), DurationChecks::lifetimes));
    }

    private static List<Field<String>> lifetimes(String path, CacheBehaviour behaviour) {
        List<CacheBehaviour.StatusTtl> byStatus = behaviour.ttlByStatus();
        return Field.concat(
                Field.ofNullable(path + ".ttl", behaviour.ttl()),
                Field.each(
                        path + ".ttlByStatus",
                        ".ttl",
                        byStatus == null ? List.of() : byStatus,
                        CacheBehaviour.StatusTtl::ttl));
    }

    private static List<Field<String>> plain(PageCachePolicySpec spec) {
        return Field.concat(
                windows("spec.defaults", spec.defaults()),
                Field.eachOf("spec.rules", spec.rules(), DurationChecks::windows),
                List.of(Field.of("spec.errorPages.maxTTL", spec.errorPages().maxTTL())),
                Field.eachOf(
                        "spec.pages.values",
                        spec.pages().values(),
                        (path, value) -> Field.ofNullable(path + ".ttl", value.ttl())));
    }

    private static List<Field<String>> windows(String path, CacheBehaviour behaviour) {
        CacheBehaviour.Coalesce coalesce = behaviour.coalesce();
        return Field.concat(
                Field.ofNullable(path + ".staleWhileRevalidate", behaviour.staleWhileRevalidate()),
                Field.ofNullable(path + ".staleIfError", behaviour.staleIfError()),
                Field.ofNullable(path + ".coalesce.maxWait", coalesce == null ? null : coalesce.maxWait()));
    }

    private static Optional<String> mustBeDuration(String text) {
        return DurationText.parse(text).isPresent() ? Optional.empty() : Optional.of(notOne(text));
    }

    private static Optional<String> mayBeUntilPurged(String text) {
        return text.equals(UNTIL_PURGED) ? Optional.empty() : mustBeDuration(text);
    }

    private static Optional<String> mustBePositive(String text) {
        Optional<Duration> duration = DurationText.parse(text);
        if (duration.isEmpty()) {
            return Optional.of(notOne(text));
        }
        return duration.get().isZero()
                ? Optional.of("'%s' is no time at all: expected more than zero".formatted(text))
                : Optional.empty();
    }

    private static String notOne(String text) {
        return "'%s': %s".formatted(text, DurationText.EXPECTED);
    }
}
