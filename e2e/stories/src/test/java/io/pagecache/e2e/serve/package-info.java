/** {@code pagecache serve}: a policy file in place of a cluster. */
@NullMarked
package io.pagecache.e2e.serve;

import org.jspecify.annotations.NullMarked;
