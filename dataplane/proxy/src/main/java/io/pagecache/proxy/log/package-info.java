/** The access log. */
@NullMarked
package io.pagecache.proxy.log;

import org.jspecify.annotations.NullMarked;
