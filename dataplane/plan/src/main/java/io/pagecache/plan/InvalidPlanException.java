package io.pagecache.plan;

import java.io.Serial;

/** A plan that must not be run. The message names the field, what was found and what was expected. */
public final class InvalidPlanException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidPlanException(String field, String problem) {
        super(field + " " + problem);
        this.field = field;
    }

    /** Path of the offending field inside the plan, such as {@code origin.retries}. */
    public String field() {
        return field;
    }
}
