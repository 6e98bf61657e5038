/** Looks over the shoulder of every test: lost buffers and event loops that stand still fail the class in which they show. */
@NullMarked
package io.pagecache.proxy.watch;

import org.jspecify.annotations.NullMarked;
