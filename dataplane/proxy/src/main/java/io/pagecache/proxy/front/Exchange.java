package io.pagecache.proxy.front;

/** What the front remembers of the request that is being answered. */
final class Exchange {
    private boolean last;
    private boolean answerBegun;
    private boolean upgradeOffered;

    void begin(RequestHead head) {
        last = !head.isKeepAlive();
        answerBegun = false;
        upgradeOffered = head.isUpgrade();
    }

    /** Notes the begin of the final answer; returns whether it is the connection's last. */
    boolean answerBegins(boolean mustBeLast) {
        answerBegun = true;
        last |= mustBeLast;
        return last;
    }

    /** The answer itself says {@code Connection: close}. */
    void endsWithAnswer() {
        last = true;
    }

    boolean isAnswerBegun() {
        return answerBegun;
    }

    boolean isLast() {
        return last;
    }

    /** Whether 101 is a possible answer. */
    boolean isUpgradeOffered() {
        return upgradeOffered;
    }
}
