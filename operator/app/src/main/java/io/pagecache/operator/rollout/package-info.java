/** What became of workloads whose new versions purge. */
@NullMarked
package io.pagecache.operator.rollout;

import org.jspecify.annotations.NullMarked;
