/** What parts readers of one URL besides its key: groups of experiments, devices, languages, cookies that a page names. */
@NullMarked
package io.pagecache.variants;

import org.jspecify.annotations.NullMarked;
