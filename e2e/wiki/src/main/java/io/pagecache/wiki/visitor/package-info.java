/** Who is looking: cookies, sessions and what the cache in front can do. */
@NullMarked
package io.pagecache.wiki.visitor;

import org.jspecify.annotations.NullMarked;
