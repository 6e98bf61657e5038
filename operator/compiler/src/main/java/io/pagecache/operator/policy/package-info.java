/** What a policy says: its texts parsed, its fields checked, its rules merged with its defaults. */
@NullMarked
package io.pagecache.operator.policy;

import org.jspecify.annotations.NullMarked;
