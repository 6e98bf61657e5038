/** Many requests, one fetch. */
@NullMarked
package io.pagecache.proxy.coalesce;

import org.jspecify.annotations.NullMarked;
