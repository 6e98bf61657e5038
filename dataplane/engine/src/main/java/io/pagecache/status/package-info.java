/** Why a request was answered the way it was, in RFC 9211's words. */
@NullMarked
package io.pagecache.status;

import org.jspecify.annotations.NullMarked;
