/** etcd, the API server, the controllers and the scheduler as local processes. */
@NullMarked
package io.pagecache.e2e.controlplane;

import org.jspecify.annotations.NullMarked;
