/** Edge Side Includes 1.0: pages taken apart into elements, and what those elements mean for one request. */
@NullMarked
package io.pagecache.esi;

import org.jspecify.annotations.NullMarked;
