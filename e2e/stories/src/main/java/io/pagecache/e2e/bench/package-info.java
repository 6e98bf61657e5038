/** The add-on's own benchmark: how a crowd is served a page that takes seconds to build. */
@NullMarked
package io.pagecache.e2e.bench;

import org.jspecify.annotations.NullMarked;
