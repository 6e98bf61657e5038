package io.pagecache.e2e.pod;

import java.nio.file.Path;

/** A file or folder of this machine that a container sees at a path of its own. */
record Mount(Path source, String target, boolean readOnly) {}
