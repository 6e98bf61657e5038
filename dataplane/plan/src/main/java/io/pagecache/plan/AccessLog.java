package io.pagecache.plan;

/**
 * JSON lines on standard output.
 *
 * @param rate share of requests logged with {@code SAMPLED}, 0.0 to 1.0
 */
public record AccessLog(Mode mode, double rate) {
    public AccessLog {
        if (!(rate >= 0 && rate <= 1)) {
            throw new InvalidPlanException("accessLog.rate", "is %s: expected 0.0 to 1.0".formatted(rate));
        }
    }

    public enum Mode {
        OFF,
        SAMPLED,
        ALL
    }
}
