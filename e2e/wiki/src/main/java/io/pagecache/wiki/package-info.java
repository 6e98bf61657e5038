/** The demo site: a small wiki that plays the origin in the demo and in the end-to-end tests. */
@NullMarked
package io.pagecache.wiki;

import org.jspecify.annotations.NullMarked;
