/** Signed calls that tell others, such as a CDN, what was purged. */
@NullMarked
package io.pagecache.operator.hooks;

import org.jspecify.annotations.NullMarked;
