/** What one proxy pod runs: the only model that crosses the wire between operator and proxy. */
@NullMarked
package io.pagecache.plan;

import org.jspecify.annotations.NullMarked;
