package io.pagecache.wiki;

/** The wiki could not bind its address; the message is for its user. */
public final class WikiStartException extends RuntimeException {
    WikiStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
