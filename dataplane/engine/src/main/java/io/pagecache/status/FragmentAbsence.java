package io.pagecache.status;

/** Why a page goes without a fragment, or with what the page has in its stead. */
public enum FragmentAbsence {
    /** The address is malformed, or names a server that is not the policy's. */
    FOREIGN_SOURCE,
    /** A page inside itself. */
    LOOP,
    TOO_DEEP,
    TOO_MANY,
    TOO_LATE,
    TOO_LARGE,
    /** The answer's status is none that has a fragment. */
    STATUS,
    /** The answer is in a coding that cannot be undone. */
    CODING,
    /** The answer broke off, or something went wrong here. */
    BROKEN;

    private final String token = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');

    /** The reason as metrics and logs write it. */
    public String token() {
        return token;
    }
}
