package io.pagecache.proxy.origin;

import java.io.IOException;
import java.io.Serial;

/** Ends an exchange whose answer is not to be trusted. */
final class BrokenAnswerException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    BrokenAnswerException(AnswerFault fault) {
        super("the origin's answer is broken: " + fault.token());
    }
}
