/** What the operator counts about itself. */
@NullMarked
package io.pagecache.operator.metrics;

import org.jspecify.annotations.NullMarked;
