/** HTTP caching on the wire, in the profile of a policy with nothing but an origin. */
@NullMarked
package io.pagecache.proxy.caching;

import org.jspecify.annotations.NullMarked;
