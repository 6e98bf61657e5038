/** How URLs are understood, and which ones readers see. */
@NullMarked
package io.pagecache.url;

import org.jspecify.annotations.NullMarked;
