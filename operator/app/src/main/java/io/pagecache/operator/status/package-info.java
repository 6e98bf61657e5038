/** From observations to conditions and status, as pure functions; what did not change is not written. */
@NullMarked
package io.pagecache.operator.status;

import org.jspecify.annotations.NullMarked;
