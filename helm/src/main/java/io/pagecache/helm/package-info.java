/** Renders the chart as Helm does, for tests and for installing it without the Helm command. */
@NullMarked
package io.pagecache.helm;

import org.jspecify.annotations.NullMarked;
