package io.pagecache.wiki;

/** An argument or environment variable the wiki cannot start with; the message is for its user. */
public final class InvalidOptionException extends Exception {
    InvalidOptionException(String message) {
        super(message);
    }
}
