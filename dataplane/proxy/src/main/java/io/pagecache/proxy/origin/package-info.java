/** Asking the application: connections, header hygiene, timeouts, retries. */
@NullMarked
package io.pagecache.proxy.origin;

import org.jspecify.annotations.NullMarked;
