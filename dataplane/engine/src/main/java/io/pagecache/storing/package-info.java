/** May this answer be kept, and for how long? */
@NullMarked
package io.pagecache.storing;

import org.jspecify.annotations.NullMarked;
