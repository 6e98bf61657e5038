/** May the cache be consulted for this request? */
@NullMarked
package io.pagecache.admission;

import org.jspecify.annotations.NullMarked;
