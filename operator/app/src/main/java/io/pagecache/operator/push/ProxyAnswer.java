package io.pagecache.operator.push;

import io.pagecache.plan.ProxyState;

/** How one proxy answered one push. */
public sealed interface ProxyAnswer {

    /** The proxy says what is in force; whether that is what should be, the observer decides. */
    record Reported(ProxyState state) implements ProxyAnswer {}

    /** The proxy refused the plan and keeps its old one. */
    record Refused(ProxyState state, String message) implements ProxyAnswer {}

    /** No usable answer within the time limit; the next pass tries again. */
    record Unreachable(String problem) implements ProxyAnswer {}
}
