package io.pagecache.wiki.article;

import java.time.Instant;

/**
 * One revision of an article.
 *
 * @param name the last segment of its URL
 * @param text its markup, as typed
 * @param revision counts from 1
 * @param modified when this revision was saved
 */
public record Article(ArticleName name, String text, int revision, Instant modified) {}
