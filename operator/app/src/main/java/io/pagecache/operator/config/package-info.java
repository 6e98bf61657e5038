/** What a cluster's administrator may set. */
@NullMarked
package io.pagecache.operator.config;

import org.jspecify.annotations.NullMarked;
