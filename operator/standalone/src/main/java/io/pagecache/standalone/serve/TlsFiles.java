package io.pagecache.standalone.serve;

import java.nio.file.Path;

/**
 * A certificate on the disk, and where it is served.
 *
 * @param chain PEM, the site's own certificate first
 * @param key PEM, not encrypted
 * @param port beside the one for clear text
 */
public record TlsFiles(Path chain, Path key, int port) {}
