/** Serves and checks a policy file without Kubernetes: what the API server and the operator do, for one file. */
@NullMarked
package io.pagecache.standalone;

import org.jspecify.annotations.NullMarked;
