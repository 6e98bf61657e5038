package io.pagecache.proxy.stores;

/** One thing to do with one key of a store. */
public sealed interface StoreCommand {

    /** Printable ASCII without blanks, at most {@link StoreKeys#LONGEST} characters. */
    String key();

    record Read(String key) implements StoreCommand {}

    /** Counts; what is not there is 0. The result is the new number. */
    record Add(String key, long amount) implements StoreCommand {}

    /** Reads and deletes, so that one reader alone gets it. */
    record Take(String key) implements StoreCommand {}
}
