package io.pagecache.proxy.tls;

import org.jspecify.annotations.Nullable;

/** A certificate or key that cannot serve; the message says why. */
final class UnusableCertificateException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
