package io.pagecache.operator.status;

import io.pagecache.plan.PurgeOrder;
import java.util.Optional;

/** What became of the value of a policy's purge annotation. */
public sealed interface AnnotationPurge {

    /** There is no annotation. */
    record None() implements AnnotationPurge {}

    /** @param message where the value goes wrong and what was expected */
    record Rejected(String value, String message) implements AnnotationPurge {}

    /** @param order empty when the ledger has moved on so far that it no longer holds it */
    record Ordered(String value, Optional<PurgeOrder> order) implements AnnotationPurge {}

    /** Nothing can be purged yet: no plan was ever accepted, so there is no proxy. */
    record Waiting(String value) implements AnnotationPurge {}
}
