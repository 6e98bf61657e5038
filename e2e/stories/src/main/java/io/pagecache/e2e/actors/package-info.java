/** Who acts in a story: somebody with kubectl, somebody with a browser. */
@NullMarked
package io.pagecache.e2e.actors;

import org.jspecify.annotations.NullMarked;
