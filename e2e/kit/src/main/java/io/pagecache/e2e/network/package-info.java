/** Addresses, names and connections of the local cluster, on loopback only. */
@NullMarked
package io.pagecache.e2e.network;

import org.jspecify.annotations.NullMarked;
