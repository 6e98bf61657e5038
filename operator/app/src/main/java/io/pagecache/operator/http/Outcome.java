package io.pagecache.operator.http;

/** How a call ended: its status, and its name in the metric. */
enum Outcome {
    COMPLETE(200, "complete"),
    ORDERED(202, "ordered"),
    RETURNED(303, "returned"),
    INVALID(400, "invalid"),
    UNKNOWN_CALLER(401, "unknown_caller"),
    FORBIDDEN(403, "forbidden"),
    NOT_FOUND(404, "not_found"),
    WRONG_METHOD(405, "wrong_method"),
    WITHOUT_PLAN(409, "without_plan"),
    TOO_LARGE(413, "too_large"),
    TOO_MANY(429, "too_many"),
    BROKEN(500, "broken"),
    UNAVAILABLE(503, "unavailable"),
    LATE(504, "late");

    private final int status;
    private final String label;

    Outcome(int status, String label) {
        this.status = status;
        this.label = label;
    }

    int status() {
        return status;
    }

    String label() {
        return label;
    }
}
