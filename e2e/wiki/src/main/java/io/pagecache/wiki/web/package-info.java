/** The wiki's URLs. */
@NullMarked
package io.pagecache.wiki.web;

import org.jspecify.annotations.NullMarked;
