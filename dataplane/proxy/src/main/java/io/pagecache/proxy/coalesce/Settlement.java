package io.pagecache.proxy.coalesce;

import io.pagecache.proxy.origin.OriginFailure;

/** How a shared fetch ended, as far as those who waited for it may know: never the answer itself. */
public sealed interface Settlement {

    /** The page is in the store. */
    record Stored() implements Settlement {}

    /** The answer was not for sharing; who waited asks for itself, at once and alone. */
    record NotShared() implements Settlement {}

    /** A purge came between: the answer was kept from the store, and who waited asks anew, together with the others. */
    record Overtaken() implements Settlement {}

    /** The origin gave no answer. */
    record Failed(OriginFailure failure) implements Settlement {}

    /** The origin answered with this error, which may be the leader's alone. */
    record Unsuccessful(int status) implements Settlement {}

    /** The wait took longer than the rule allows, and it is this waiter's turn to fetch as well. */
    record WaitExceeded(FetchCoalescer.Leader relief) implements Settlement {}

    /** Whether another fetch for the same page may still do better. */
    default boolean isFailure() {
        return this instanceof Failed || this instanceof Unsuccessful;
    }
}
