/** When proxies warm up, and with what. */
@NullMarked
package io.pagecache.operator.warm;

import org.jspecify.annotations.NullMarked;
