/** Ordered purges and the fence that an older fetch cannot cross. */
@NullMarked
package io.pagecache.purge;

import org.jspecify.annotations.NullMarked;
