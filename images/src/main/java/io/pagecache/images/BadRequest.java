package io.pagecache.images;

/** Images cannot be made from what was given; the message says what was wrong and what was expected. */
public final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadRequest(String message) {
        super(message);
    }
}
