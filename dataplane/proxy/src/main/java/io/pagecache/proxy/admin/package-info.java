/** The management port: state, plan, purges, statistics, health. */
@NullMarked
package io.pagecache.proxy.admin;

import org.jspecify.annotations.NullMarked;
