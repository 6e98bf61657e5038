package io.pagecache.operator.status;

/** Types of conditions. The first four are those of GEP-713. */
public enum ConditionType {
    ACCEPTED("Accepted"),
    RESOLVED_REFS("ResolvedRefs"),
    PROGRAMMED("Programmed"),
    READY("Ready"),
    ORIGIN_HEALTHY("OriginHealthy"),
    COMPLETE("Complete"),
    FAILED("Failed");

    private final String text;

    ConditionType(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
