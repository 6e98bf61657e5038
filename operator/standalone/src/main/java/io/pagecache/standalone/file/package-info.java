/** A policy file as text: its documents, and where in it each field stands. */
@NullMarked
package io.pagecache.standalone.file;

import org.jspecify.annotations.NullMarked;
