/** Stores of counters and other values: memcached, Redis, and what protects pages from them. */
@NullMarked
package io.pagecache.proxy.stores;

import org.jspecify.annotations.NullMarked;
