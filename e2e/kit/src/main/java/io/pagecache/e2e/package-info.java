/** A Kubernetes cluster for tests and the demo: what stories use. */
@NullMarked
package io.pagecache.e2e;

import org.jspecify.annotations.NullMarked;
