/** One pass over one {@code PageCachePurge}. */
@NullMarked
package io.pagecache.operator.reconcile.purge;

import org.jspecify.annotations.NullMarked;
