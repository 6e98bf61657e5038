/** From a checked policy to the plan that a proxy runs: the only place that knows both vocabularies. */
@NullMarked
package io.pagecache.operator.compile;

import org.jspecify.annotations.NullMarked;
