/** What the wiki holds: articles, their revisions and their markup. */
@NullMarked
package io.pagecache.wiki.article;

import org.jspecify.annotations.NullMarked;
