/** The proxy application: wiring and life cycle. */
@NullMarked
package io.pagecache.proxy;

import org.jspecify.annotations.NullMarked;
