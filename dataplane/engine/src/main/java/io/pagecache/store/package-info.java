/** Pages in memory. */
@NullMarked
package io.pagecache.store;

import org.jspecify.annotations.NullMarked;
