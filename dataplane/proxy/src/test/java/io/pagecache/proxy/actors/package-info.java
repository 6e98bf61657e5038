/** Who takes part in the tests: an origin that follows a script, a proxy, and its visitors. */
@NullMarked
package io.pagecache.proxy.actors;

import org.jspecify.annotations.NullMarked;
