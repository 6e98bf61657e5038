package io.pagecache.operator.http;

import java.util.List;

/** What became of a call. */
sealed interface PurgeAnswer {

    /**
     * It stands in the ledger, so every proxy will apply it.
     *
     * @param complete whether every proxy has
     * @param proxies such as {@code 2/2}
     * @param entries stored pages it covered so far
     * @param failures proxies that have not applied it, and why
     */
    record Ordered(long sequence, boolean complete, String proxies, int entries, List<String> failures)
            implements PurgeAnswer {}

    /**
     * Nothing was ordered.
     *
     * @param field what is wrong: part of the call or what it refers to
     */
    record Refused(Outcome why, String field, String message) implements PurgeAnswer {}
}
