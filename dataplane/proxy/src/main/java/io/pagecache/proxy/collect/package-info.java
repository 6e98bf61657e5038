/** What answers on their way into the store may cost. */
@NullMarked
package io.pagecache.proxy.collect;

import org.jspecify.annotations.NullMarked;
