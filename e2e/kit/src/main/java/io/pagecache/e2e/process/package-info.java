/** Child processes that never outlive the JVM that started them. */
@NullMarked
package io.pagecache.e2e.process;

import org.jspecify.annotations.NullMarked;
