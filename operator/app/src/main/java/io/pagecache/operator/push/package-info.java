/** The fast path to the proxies: compare what each pod reports with what it should have, and send what is missing. */
@NullMarked
package io.pagecache.operator.push;

import org.jspecify.annotations.NullMarked;
