/** May a stored page answer this request? */
@NullMarked
package io.pagecache.reuse;

import org.jspecify.annotations.NullMarked;
