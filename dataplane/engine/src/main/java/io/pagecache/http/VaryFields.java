package io.pagecache.http;

/** Names that select variants like those in {@code Vary}, of things that are no request field of their own. */
public final class VaryFields {
    /** Begins the name of one cookie: {@code cookie:theme}. Cookie names keep their case. */
    public static final String COOKIE = "cookie:";

    private VaryFields() {}

    public static boolean isCookie(String field) {
        return field.startsWith(COOKIE);
    }

    /** @param field one that {@link #isCookie} */
    public static String cookieName(String field) {
        return field.substring(COOKIE.length());
    }
}
