package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.WarmUpSpec;
import io.pagecache.operator.warm.WarmUpSchedule;
import java.util.Optional;

final class WarmUpChecks {
    private WarmUpChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        WarmUpSpec warmUp = spec.warmUp();
        if (warmUp == null) {
            return Optional.empty();
        }
        if (warmUp.site() == null && spec.hosts().isEmpty()) {
            return Optional.of(new Finding(
                    "spec.warmUp.site",
                    "is missing: pages are kept under the host that readers ask for, so it is needed where spec.hosts is"
                            + " empty"));
        }
        return zoneProblem(warmUp).or(() -> scheduleProblem(warmUp));
    }

    private static Optional<Finding> zoneProblem(WarmUpSpec warmUp) {
        try {
            WarmUpSchedule.zoneOf(warmUp.timeZone());
            return Optional.empty();
        } catch (IllegalArgumentException unknown) {
            return Optional.of(new Finding(
                    "spec.warmUp.timeZone",
                    "'%s' is no time zone: expected a name such as Europe/Berlin".formatted(warmUp.timeZone())));
        }
    }

    private static Optional<Finding> scheduleProblem(WarmUpSpec warmUp) {
        String schedule = warmUp.schedule();
        if (schedule == null) {
            return Optional.empty();
        }
        try {
            WarmUpSchedule.parse(schedule, "UTC");
            return Optional.empty();
        } catch (IllegalArgumentException mistake) {
            return Optional.of(new Finding(
                    "spec.warmUp.schedule",
                    "'%s' is no schedule: expected minute, hour, day of month, month and day of week, such as 10 3 * * *"
                                    .formatted(schedule)
                            + " (%s)".formatted(mistake.getMessage())));
        }
    }
}
