package io.pagecache.template;

import io.pagecache.esi.EsiInclude;

/**
 * What a page needs of a fragment for one reader. Equal calls of a page are answered once.
 *
 * @param reference as it came out after variables were filled in, not yet resolved
 */
public record FragmentCall(String reference, EsiInclude.Terms terms) {}
