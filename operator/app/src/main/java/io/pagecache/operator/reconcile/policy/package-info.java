/** One pass over one policy. */
@NullMarked
package io.pagecache.operator.reconcile.policy;

import org.jspecify.annotations.NullMarked;
