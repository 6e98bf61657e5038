/** The purge ledger in the plan's ConfigMap: the one source of order, written by compare-and-swap. */
@NullMarked
package io.pagecache.operator.ledger;

import org.jspecify.annotations.NullMarked;
