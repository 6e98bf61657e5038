/** Kubernetes Events: what a person should know without reading a log. */
@NullMarked
package io.pagecache.operator.events;

import org.jspecify.annotations.NullMarked;
