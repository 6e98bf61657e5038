/** How a page looks: languages, templates and the numbered builds. */
@NullMarked
package io.pagecache.wiki.page;

import org.jspecify.annotations.NullMarked;
