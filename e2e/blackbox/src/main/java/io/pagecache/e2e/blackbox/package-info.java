/** The packaged proxy as a process, seen from outside only, in whatever form it was built. */
@NullMarked
package io.pagecache.e2e.blackbox;

import org.jspecify.annotations.NullMarked;
