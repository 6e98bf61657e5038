package io.pagecache.template;

/** What a marker does to a value, besides showing it, each time the page is read. */
public sealed interface Effect {

    /** {@code pop}: the value is read and deleted, so that it is shown once. */
    record Take() implements Effect {}

    /**
     * {@code incr} and {@code decr}: counts.
     *
     * @param amount what is added; negative for {@code decr}
     */
    record Add(long amount) implements Effect {}

    /** Both for one value of one page, which is one operation: counts add up. */
    default Effect and(Effect other) {
        return this instanceof Add(long some) && other instanceof Add(long more) ? new Add(some + more) : new Take();
    }
}
