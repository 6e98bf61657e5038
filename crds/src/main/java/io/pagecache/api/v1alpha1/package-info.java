/** The custom resources, as users write them. */
@NullMarked
package io.pagecache.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
