/** What one HTTP/2 connection may cost, watched frame by frame. */
@NullMarked
package io.pagecache.proxy.h2;

import org.jspecify.annotations.NullMarked;
