package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.BypassSpec;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class TimeChecks {
    private TimeChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        List<Field<String>> times = new ArrayList<>();
        List<BypassSpec.ClientIp> clients = spec.bypass().clientIPs();
        for (int i = 0; i < clients.size(); i++) {
            times.addAll(Field.ofNullable(
                    "spec.bypass.clientIPs[%d].expiresAt".formatted(i),
                    clients.get(i).expiresAt()));
        }
        return Field.firstWrong(times, TimeChecks::problemOf);
    }

    private static Optional<String> problemOf(String text) {
        try {
            Instant.parse(text);
            return Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.of("'%s': expected a time in UTC such as 2026-12-01T00:00:00Z".formatted(text));
        }
    }
}
