package io.pagecache.operator.http;

/** Whether a caller may do what it asks for. */
sealed interface Permission {

    /** @param user as the API server calls it */
    record Granted(String user) implements Permission {}

    /** There is no token, or the API server does not know it. */
    record Unknown(String problem) implements Permission {}

    /** The API server knows the caller and says no. */
    record Denied(String problem) implements Permission {}
}
