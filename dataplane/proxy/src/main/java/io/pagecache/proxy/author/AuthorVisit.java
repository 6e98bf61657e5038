package io.pagecache.proxy.author;

import io.pagecache.author.AuthorSeal;
import io.pagecache.http.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request is with regard to authors.
 *
 * @param request without our cookie, which is nobody else's business
 * @param byAuthor whether its client bypasses the cache
 * @param isEdit whether it makes its client an author
 * @param claim what a genuine cookie of ours said, or null
 */
public record AuthorVisit(PageRequest request, boolean byAuthor, boolean isEdit, AuthorSeal.@Nullable Claim claim) {}
