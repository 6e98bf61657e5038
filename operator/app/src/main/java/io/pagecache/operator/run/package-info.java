/** The process: wiring, start, leadership, health. */
@NullMarked
package io.pagecache.operator.run;

import org.jspecify.annotations.NullMarked;
