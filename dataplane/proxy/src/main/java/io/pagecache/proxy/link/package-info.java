/** What is known of a connection before anything is said on it. */
@NullMarked
package io.pagecache.proxy.link;

import org.jspecify.annotations.NullMarked;
