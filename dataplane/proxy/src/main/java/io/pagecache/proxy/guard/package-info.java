/** Calls to what may be dead: after some failures it is left alone for a while. */
@NullMarked
package io.pagecache.proxy.guard;

import org.jspecify.annotations.NullMarked;
