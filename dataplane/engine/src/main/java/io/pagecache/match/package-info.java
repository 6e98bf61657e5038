/** Which rule of the plan a request falls under. */
@NullMarked
package io.pagecache.match;

import org.jspecify.annotations.NullMarked;
