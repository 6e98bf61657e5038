/** Fetches pages into the cache before anybody asks: lists, sitemaps, links. */
@NullMarked
package io.pagecache.proxy.warm;

import org.jspecify.annotations.NullMarked;
