/** Author sessions: who edits, shared with the other proxies before an edit is answered. */
@NullMarked
package io.pagecache.proxy.author;

import org.jspecify.annotations.NullMarked;
