package io.pagecache.proxy.serve;

import io.pagecache.proxy.origin.OriginFailure;
import io.pagecache.status.Reason;
import io.pagecache.store.StoredPage;

/** What came of a page that nobody waits for. */
public sealed interface Warmed {
    /** In the store, fresh. */
    record Kept(StoredPage page) implements Warmed {}

    /** Answered, but not to be kept. */
    record NotKept(Reason reason) implements Warmed {}

    record Failed(OriginFailure failure) implements Warmed {}
}
