/** From references to what they refer to, as the cluster has it now. */
@NullMarked
package io.pagecache.operator.resolve;

import org.jspecify.annotations.NullMarked;
