/** What the proxies of one policy tell each other. */
@NullMarked
package io.pagecache.proxy.cluster;

import org.jspecify.annotations.NullMarked;
