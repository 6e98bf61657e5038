/** Where the personal parts of a page get their values. */
@NullMarked
package io.pagecache.proxy.elements;

import org.jspecify.annotations.NullMarked;
