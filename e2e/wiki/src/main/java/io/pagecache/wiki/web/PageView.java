package io.pagecache.wiki.web;

import io.pagecache.wiki.page.Language;
import io.pagecache.wiki.visitor.Visitor;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;

/**
 * One request for a page.
 *
 * @param visitor who asks
 * @param language the language of the frame
 * @param filledByCache whether a cache in front fills elements into the page
 * @param started when the build of the page began
 */
record PageView(
        HttpServerRequest request, Visitor visitor, Language language, boolean filledByCache, Instant started) {}
