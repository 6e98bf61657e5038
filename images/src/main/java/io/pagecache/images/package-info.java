/** Container images of operator and proxy, written without a container engine. */
@NullMarked
package io.pagecache.images;

import org.jspecify.annotations.NullMarked;
