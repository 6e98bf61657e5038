/** Runs one proxy as a child process and keeps it on the plan and the purges of a file. */
@NullMarked
package io.pagecache.standalone.serve;

import org.jspecify.annotations.NullMarked;
