/** What tells two pages apart. */
@NullMarked
package io.pagecache.key;

import org.jspecify.annotations.NullMarked;
