/** The door of the data port: one strict parser before the HTTP library, deadlines, and the fast path for hits. */
@NullMarked
package io.pagecache.proxy.front;

import org.jspecify.annotations.NullMarked;
