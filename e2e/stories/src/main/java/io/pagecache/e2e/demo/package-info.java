/** The whole product on a real API server: what {@code ./pagecache demo} runs and the end-to-end tests check. */
@NullMarked
package io.pagecache.e2e.demo;

import org.jspecify.annotations.NullMarked;
