/** Pages with elements: compiled when stored, joined when served. */
@NullMarked
package io.pagecache.template;

import org.jspecify.annotations.NullMarked;
