/** Plans and purge ledgers from files, swapped in while serving. */
@NullMarked
package io.pagecache.proxy.reload;

import org.jspecify.annotations.NullMarked;
