/** What a proxy explains, in the words of the policy file. */
@NullMarked
package io.pagecache.standalone.explain;

import org.jspecify.annotations.NullMarked;
