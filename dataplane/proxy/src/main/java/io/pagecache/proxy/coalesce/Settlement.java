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

    record Failed(OriginFailure failure) implements Settlement {}

    /** The wait took longer than the rule allows. */
    record WaitExceeded() implements Settlement {}
}
