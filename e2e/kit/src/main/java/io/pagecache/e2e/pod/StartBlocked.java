package io.pagecache.e2e.pod;

/** A container cannot start yet; the reason is the one a kubelet reports. */
final class StartBlocked extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    StartBlocked(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    String explanation() {
        return String.valueOf(getMessage());
    }
}
