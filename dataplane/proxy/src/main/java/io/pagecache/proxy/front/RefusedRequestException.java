package io.pagecache.proxy.front;

/** Tells the server behind the front that the body it is reading will not come; without a stack, as it is nobody's bug. */
final class RefusedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedRequestException(Refusal why) {
        super(why.text(), null, false, false);
    }
}
