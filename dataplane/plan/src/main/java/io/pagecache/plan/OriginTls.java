package io.pagecache.plan;

import org.jspecify.annotations.Nullable;

/**
 * Whose certificate an origin behind TLS must show. The name in it is always verified.
 *
 * @param serverName name asked for and expected in the certificate, or null: the origin's host
 * @param ownAuthorities whether the authorities to believe are in the file that the proxy was given for it; else they are the
 *     platform's
 */
public record OriginTls(@Nullable String serverName, boolean ownAuthorities) {}
