/** Age and lifetime arithmetic of RFC 9111 section 4.2. */
@NullMarked
package io.pagecache.freshness;

import org.jspecify.annotations.NullMarked;
