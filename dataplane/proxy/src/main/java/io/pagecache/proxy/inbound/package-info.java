/** The data port: from the wire to a page request and from a reply back to the wire. */
@NullMarked
package io.pagecache.proxy.inbound;

import org.jspecify.annotations.NullMarked;
