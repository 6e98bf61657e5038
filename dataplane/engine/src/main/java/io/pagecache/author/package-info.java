/** Who edits, and how an editor is known again. */
@NullMarked
package io.pagecache.author;

import org.jspecify.annotations.NullMarked;
