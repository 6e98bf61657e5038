/** A request's way through the cache: the orchestrator and what it is made of. */
@NullMarked
package io.pagecache.proxy.serve;

import org.jspecify.annotations.NullMarked;
