/** What the proxies and their Deployment report, reduced to what a person asks: how far is it, and what is in the way. */
@NullMarked
package io.pagecache.operator.observe;

import org.jspecify.annotations.NullMarked;
