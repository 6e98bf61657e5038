/** HTTP messages and fields as the engine sees them: immutable, parsed once. */
@NullMarked
package io.pagecache.http;

import org.jspecify.annotations.NullMarked;
