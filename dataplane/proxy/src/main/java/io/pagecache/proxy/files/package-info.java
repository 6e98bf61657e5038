/** Files that are followed while they change. */
@NullMarked
package io.pagecache.proxy.files;

import org.jspecify.annotations.NullMarked;
