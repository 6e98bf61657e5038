/** One pod as local processes: volumes, environment, probes, restarts and status. */
@NullMarked
package io.pagecache.e2e.pod;

import org.jspecify.annotations.NullMarked;
