/** Certificates: read, checked, chosen by the client's server name, replaced while connections go on. */
@NullMarked
package io.pagecache.proxy.tls;

import org.jspecify.annotations.NullMarked;
