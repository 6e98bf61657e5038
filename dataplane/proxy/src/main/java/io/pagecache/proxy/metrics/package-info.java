/** What is counted. */
@NullMarked
package io.pagecache.proxy.metrics;

import org.jspecify.annotations.NullMarked;
