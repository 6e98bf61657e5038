/** Purges by HTTP, for applications: who may create a {@code PageCachePurge}, or change the policy, may call. */
@NullMarked
package io.pagecache.operator.http;

import org.jspecify.annotations.NullMarked;
