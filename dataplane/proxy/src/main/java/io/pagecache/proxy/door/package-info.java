/** Where connections come in: how many, from whom, behind TLS or not, in which version of HTTP. */
@NullMarked
package io.pagecache.proxy.door;

import org.jspecify.annotations.NullMarked;
